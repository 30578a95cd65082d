import Archive
import Cryptography
import JSON

/// A file of a package with all that is computed from its bytes, ready for manifest and archive.
struct PackageFile: Sendable {
    /// The file as it stands in the archive.
    let entry: ZIPEntry
    /// What the manifest says of it.
    let line: ManifestLine

    /// Computes checksum and digest.
    init(path: String, bytes: [UInt8]) {
        entry = ZIPEntry(path: path, bytes: bytes)
        var text = JSONValue.string(path).serialized()
        text += ":\"".utf8
        text += Hex.encode(SHA1.digest(bytes)).utf8
        text.append(UInt8(ascii: "\""))
        line = ManifestLine(path: path, bytes: text)
    }

    /// The order of files in an archive.
    static func precedes(_ left: PackageFile, _ right: PackageFile) -> Bool {
        ManifestLine.precedes(left.line, right.line)
    }
}
