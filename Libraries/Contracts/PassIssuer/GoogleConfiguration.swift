/// Google's part of a wallet configuration as it is answered.
public struct GoogleConfiguration: Codable, Hashable, Sendable {
    /// The issuer account.
    public var issuerId: GoogleIssuerID
    /// The service account's address.
    public var clientEmail: String

    /// Makes Google's part.
    public init(issuerId: GoogleIssuerID, clientEmail: String) {
        self.issuerId = issuerId
        self.clientEmail = clientEmail
    }
}
