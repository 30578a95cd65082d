/// What became of a batch of changed passes.
public struct GoogleObjectUpdatesAnswer: Codable, Hashable, Sendable {
    /// How many wait to be written.
    public var accepted: Int
    /// How many were as the bridge has them already.
    public var unchanged: Int

    /// Makes an answer.
    public init(accepted: Int, unchanged: Int) {
        self.accepted = accepted
        self.unchanged = unchanged
    }
}
