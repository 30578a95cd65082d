/// What became of refused push tokens.
public struct RejectionsAnswer: Codable, Hashable, Sendable {
    /// How many registrations went.
    public var removed: Int

    /// Makes an answer.
    public init(removed: Int) {
        self.removed = removed
    }
}
