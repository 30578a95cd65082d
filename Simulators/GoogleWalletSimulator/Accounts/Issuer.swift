/// An issuer account.
public struct Issuer: Codable, Hashable, Sendable {
    /// Its id.
    public let issuerId: String
    /// Its name.
    public var name: String
    /// Its users by address.
    public var permissions: [String: IssuerRole]
    /// Whether its passes may name places of merchants.
    public var allowsMerchantLocations: Bool

    /// Describes an issuer.
    public init(
        issuerId: String, name: String, permissions: [String: IssuerRole] = [:], allowsMerchantLocations: Bool = false
    ) {
        self.issuerId = issuerId
        self.name = name
        self.permissions = permissions
        self.allowsMerchantLocations = allowsMerchantLocations
    }
}
