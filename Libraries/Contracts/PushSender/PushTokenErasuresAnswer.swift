/// What was forgotten of push tokens.
public struct PushTokenErasuresAnswer: Codable, Hashable, Sendable {
    /// How many pushes, results and rejections there were.
    public var removed: Int

    /// Makes an answer.
    public init(removed: Int) {
        self.removed = removed
    }
}
