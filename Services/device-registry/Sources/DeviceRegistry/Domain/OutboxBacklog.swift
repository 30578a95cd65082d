/// What waits to be handed to push-sender.
struct OutboxBacklog: Sendable, Equatable {
    let messages: Int
    let pushTokens: Int
    /// How long the oldest has been waiting.
    let oldestSeconds: Double
}
