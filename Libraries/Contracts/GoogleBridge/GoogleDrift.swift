/// Where a campaign's class at Google is not as it should be.
public struct GoogleDrift: Codable, Hashable, Sendable {
    /// Every difference.
    public var differences: [GoogleDriftItem]

    /// Makes an answer.
    public init(differences: [GoogleDriftItem]) {
        self.differences = differences
    }
}
