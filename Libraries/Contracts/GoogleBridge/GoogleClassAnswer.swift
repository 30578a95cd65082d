/// How far a campaign's class is at Google, and what could not be carried over.
public struct GoogleClassAnswer: Codable, Hashable, Sendable {
    /// Its class.
    public var googleClass: GoogleClassStatus
    /// What could not be carried over, with the reason.
    public var warnings: [String]

    /// Makes an answer.
    public init(googleClass: GoogleClassStatus, warnings: [String] = []) {
        self.googleClass = googleClass
        self.warnings = warnings
    }
}
