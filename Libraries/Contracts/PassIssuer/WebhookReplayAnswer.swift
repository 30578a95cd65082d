/// What a replay led to.
public struct WebhookReplayAnswer: Codable, Hashable, Sendable {
    /// How many deliveries are sent again.
    public var replayed: Int

    /// Makes an answer.
    public init(replayed: Int) {
        self.replayed = replayed
    }
}
