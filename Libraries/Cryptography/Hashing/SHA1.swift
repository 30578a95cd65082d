/// SHA-1 (FIPS 180-4; for Apple's manifest only, never for a signature of ours).
public struct SHA1: ~Copyable {
    /// The length of a digest in bytes.
    public static let length = 20

    private var context = DigestContext(.sha1)

    /// Begins an empty message.
    public init() {}

    /// The digest of a whole message.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA1()
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
