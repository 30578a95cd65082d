import HTTPTypes

/// Which of the deliveries that were given up are sent again.
public struct WebhookReplayRequest: Codable, Hashable, Sendable {
    /// Events from then on; absent is all that are kept.
    public var from: Instant?
    /// Events until then.
    public var to: Instant?

    /// Makes a request.
    public init(from: Instant? = nil, to: Instant? = nil) {
        self.from = from
        self.to = to
    }
}
