/// What a manifest says of a file.
struct ManifestLine: Sendable, Equatable {
    /// The file's path in the package.
    let path: String
    /// `"path":"sha1"`.
    let bytes: [UInt8]

    /// The order of the manifest.
    static func precedes(_ left: ManifestLine, _ right: ManifestLine) -> Bool {
        left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
    }
}
