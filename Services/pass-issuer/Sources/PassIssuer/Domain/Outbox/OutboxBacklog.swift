/// What waits for one service.
struct OutboxBacklog: Sendable, Hashable {
    /// How many messages.
    let count: Int
    /// For how long the oldest has been waiting.
    let oldestSeconds: Double
}
