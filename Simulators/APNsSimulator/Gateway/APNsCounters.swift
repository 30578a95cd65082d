/// What the simulator has counted.
public struct APNsCounters: Sendable, Hashable, Codable {
    /// Pushes that were answered 200.
    public var accepted = 0
    /// Pushes that were refused, by reason.
    public var refused: [String: Int] = [:]
    /// Pushes that got no answer because a script said so.
    public var unanswered = 0
    /// Connections whose TLS handshake was completed.
    public var connections = 0
    /// Connections that are open.
    public var openConnections = 0
    /// Handshakes that failed.
    public var failedHandshakes = 0
    /// Requests of any kind.
    public var requests = 0
    /// Streams that clients reset.
    public var resets = 0

    /// Begins with nothing.
    public init() {}
}
