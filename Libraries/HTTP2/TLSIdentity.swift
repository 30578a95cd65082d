/// A certificate with its intermediates and its key, as shown to the other side of a TLS connection.
public struct TLSIdentity: Sendable {
    /// PEM: the certificate first, then each one that signed the one before.
    public var certificateChain: String
    /// PEM, not encrypted.
    public var privateKey: String

    /// Takes both texts as they are; they are read when a client or server is made of them.
    public init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

extension TLSIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Leaves the key out.
    public var description: String { "TLSIdentity" }

    /// The same as the description.
    public var debugDescription: String { description }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)](), displayStyle: .struct) }
}
