/// What Wallet sends when a customer filled in the form of a pass, in Apple's words.
public struct PersonalizationRequest: Codable, Hashable, Sendable {
    /// What is to be signed.
    public var personalizationToken: PersonalizationToken
    /// What was entered.
    public var requiredPersonalizationInfo: Confidential<PersonalizationInfo>

    /// How many bytes such a request may have.
    public static let maximumBytes = 16 << 10

    /// Makes a request.
    public init(personalizationToken: PersonalizationToken, requiredPersonalizationInfo: PersonalizationInfo) {
        self.personalizationToken = personalizationToken
        self.requiredPersonalizationInfo = Confidential(requiredPersonalizationInfo)
    }
}
