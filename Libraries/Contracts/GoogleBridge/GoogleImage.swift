/// An image that Google may show: Apple's role and scale, and where Google fetches it.
public struct GoogleImage: Codable, Hashable, Sendable {
    /// Its name in the package, `logo@2x.png`.
    public var file: ImageFile
    /// Its content, `/images/{sha256}.png` of the issuer.
    public var sha256: ContentHash
    /// Its width in pixels.
    public var width: Int
    /// Its height in pixels.
    public var height: Int

    /// Names an image.
    public init(file: ImageFile, sha256: ContentHash, width: Int, height: Int) {
        self.file = file
        self.sha256 = sha256
        self.width = width
        self.height = height
    }
}
