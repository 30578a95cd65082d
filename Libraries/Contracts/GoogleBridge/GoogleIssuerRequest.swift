import JSON

/// The Google credentials of a wallet configuration.
public struct GoogleIssuerRequest: Codable, Hashable, Sendable {
    /// The issuer account.
    public var issuerId: GoogleIssuerID
    /// The service account's JSON key file.
    public var serviceAccount: Confidential<JSONObject>

    /// Makes a request.
    public init(issuerId: GoogleIssuerID, serviceAccount: Confidential<JSONObject>) {
        self.issuerId = issuerId
        self.serviceAccount = serviceAccount
    }
}
