import Archive
import Cryptography
import JSON

/// A file of a package with all that is computed from its bytes, ready for manifest and archive.
struct PackageFile: Sendable {
    /// The file as it stands in the archive.
    let entry: ZIPEntry
    /// `"path":"sha1"`, its line of the manifest.
    let manifestLine: [UInt8]

    /// Computes checksum and digest.
    init(path: String, bytes: [UInt8]) {
        entry = ZIPEntry(path: path, bytes: bytes)
        var line = JSONValue.string(path).serialized()
        line += ":\"".utf8
        line += Hex.encode(SHA1.digest(bytes)).utf8
        line.append(UInt8(ascii: "\""))
        manifestLine = line
    }

    /// The path in the package.
    var path: String { entry.path }

    /// The order of manifest and archive.
    static func precedes(_ left: PackageFile, _ right: PackageFile) -> Bool {
        left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
    }
}
