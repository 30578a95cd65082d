/// A certificate signing request whose key stays with the issuer.
public struct SigningRequest: Codable, Hashable, Sendable {
    /// What the certificate is later put with.
    public var id: SigningRequestID
    /// The request in PEM.
    public var csr: String

    /// Makes an answer.
    public init(id: SigningRequestID, csr: String) {
        self.id = id
        self.csr = csr
    }
}
