import HTTPTypes

/// What a PUT of a campaign would say.
public struct CampaignValidation: Codable, Hashable, Sendable {
    /// Every fault that it would be refused for; none when it would be stored.
    public var errors: [ProblemError]
    /// What its admin should look after.
    public var warnings: [String]

    /// Makes an answer.
    public init(errors: [ProblemError], warnings: [String]) {
        self.errors = errors
        self.warnings = warnings
    }
}
