import HTTPTypes

/// What Google would say to a campaign's content, asked before anything is stored.
public struct GoogleContentAnswer: Codable, Hashable, Sendable {
    /// The kind that it becomes; nil when there is none for it.
    public var kind: GooglePassKind?
    /// What Google would refuse; pointers from the root of the question.
    public var errors: [ProblemError]
    /// What could not be carried over, with the reason.
    public var warnings: [String]
    /// The images that Google requires of this kind and the question lacks; a campaign without them is a draft.
    public var missingImages: [ImageRole]

    /// Makes an answer.
    public init(
        kind: GooglePassKind?, errors: [ProblemError] = [], warnings: [String] = [], missingImages: [ImageRole] = []
    ) {
        self.kind = kind
        self.errors = errors
        self.warnings = warnings
        self.missingImages = missingImages
    }
}
