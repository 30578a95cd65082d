/// What a server has counted since its start.
public struct HTTP2ServerCounts: Sendable, Hashable {
    /// Connections whose TLS handshake was completed.
    public var connections = 0
    /// Handshakes that failed.
    public var failedHandshakes = 0
    /// Requests that were handed to the handler.
    public var requests = 0
    /// Streams that clients reset.
    public var resets = 0

    /// Begins with nothing.
    public init() {}
}
