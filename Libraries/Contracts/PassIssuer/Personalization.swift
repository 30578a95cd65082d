/// Apple's rewards enrolment.
public struct Personalization: Codable, Hashable, Sendable {
    /// What the customer must enter.
    public var requiredFields: [PersonalizationField]
    /// What the enrolment is for.
    public var description: String
    /// The terms, HTML links allowed.
    public var termsAndConditions: String?

    /// Makes an enrolment.
    public init(requiredFields: [PersonalizationField], description: String, termsAndConditions: String? = nil) {
        self.requiredFields = requiredFields
        self.description = description
        self.termsAndConditions = termsAndConditions
    }
}
