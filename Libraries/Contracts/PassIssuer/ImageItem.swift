/// An image of a campaign.
public struct ImageItem: Codable, Hashable, Sendable {
    /// Its name in the package.
    public var file: ImageFile
    /// The SHA-256 of its bytes.
    public var sha256: ContentHash
    /// Its width in pixels.
    public var width: Int
    /// Its height in pixels.
    public var height: Int
    /// Its size in bytes.
    public var bytes: Int

    /// Makes an item.
    public init(file: ImageFile, sha256: ContentHash, width: Int, height: Int, bytes: Int) {
        self.file = file
        self.sha256 = sha256
        self.width = width
        self.height = height
        self.bytes = bytes
    }
}
