import JSON

/// Google's part of a wallet configuration: an issuer account with the service account that acts for it.
///
/// What GET answers is understood too; it holds no key material.
public struct GoogleConfigurationRequest: Codable, Hashable, Sendable {
    /// The issuer account.
    public var issuerId: GoogleIssuerID?
    /// The service account's JSON key file.
    public var serviceAccount: Confidential<JSONObject>?

    /// Makes Google's part.
    public init(issuerId: GoogleIssuerID?, serviceAccount: Confidential<JSONObject>?) {
        self.issuerId = issuerId
        self.serviceAccount = serviceAccount
    }

    /// Whether there is a service account's key.
    public var hasKeyMaterial: Bool { serviceAccount != nil }

    private enum CodingKeys: String, CodingKey {
        case issuerId, serviceAccount
    }

    private enum IgnoredKey: String, CodingKey {
        case clientEmail
    }

    /// Reads Google's part.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: RequestKey<CodingKeys, IgnoredKey>.self)
        issuerId = try container.decodeIfPresent(GoogleIssuerID.self, forKey: .own(.issuerId))
        serviceAccount = try container.decodeIfPresent(Confidential.self, forKey: .own(.serviceAccount))
    }
}
