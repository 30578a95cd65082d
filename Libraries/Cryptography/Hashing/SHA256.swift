/// SHA-256 (FIPS 180-4).
public struct SHA256: ~Copyable {
    /// The length of a digest in bytes.
    public static let length = 32

    private var context = DigestContext(.sha256)

    /// Begins an empty message.
    public init() {}

    /// The digest of a whole message.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Adds the message's next bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { context.update($0) }
    }

    /// Adds the message's next bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { context.update($0) }
    }

    /// The digest of all bytes that were added.
    public consuming func finalize() -> [UInt8] {
        context.finalize(length: Self.length)
    }
}
