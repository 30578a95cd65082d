/// How much an archive may hold; what exceeds it is refused before it is unpacked.
public struct ZIPLimits: Sendable, Hashable {
    /// How many entries the directory may have, folders included.
    public var files: Int
    /// How many bytes one file may unpack to.
    public var fileBytes: Int
    /// How many bytes all files together may unpack to.
    public var totalBytes: Int
    /// How many times its packed size a file may unpack to, once it is large (``ratioFloor``).
    public var ratio: Int

    /// Up to this many unpacked bytes any ratio is taken: what is small can't hurt.
    public static let ratioFloor = 1 << 20

    /// Limits that fit a pass.
    public init(files: Int = 1_000, fileBytes: Int = 16 << 20, totalBytes: Int = 48 << 20, ratio: Int = 200) {
        self.files = files
        self.fileBytes = fileBytes
        self.totalBytes = totalBytes
        self.ratio = ratio
    }
}
