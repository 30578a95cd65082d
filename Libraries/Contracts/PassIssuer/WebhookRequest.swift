import JSON

/// What an admin puts as a webhook; the keys of its answer are ignored in it.
public struct WebhookRequest: Codable, Hashable, Sendable {
    /// Where events are posted to.
    public var url: String
    /// The kinds that it is told; absent is every kind, those of later releases too.
    public var events: [WebhookEventKind]?

    /// Makes a request.
    public init(url: String, events: [WebhookEventKind]? = nil) {
        self.url = url
        self.events = events
    }

    private enum CodingKeys: String, CodingKey {
        case url, events
    }

    private enum IgnoredKeys: String, CodingKey {
        case name, state, pending, lastDeliveredAt, lastError, secret, previousSecretExpiresAt, createdAt, updatedAt
    }

    /// Reads a request.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: RequestKey<CodingKeys, IgnoredKeys>.self)
        var faults = FaultCollector()
        let url = faults.collect { try container.decode(String.self, forKey: .own(.url)) }
        events =
            faults.collect { try container.decodeIfPresent([WebhookEventKind].self, forKey: .own(.events)) } ?? nil
        guard !faults.hasFaults, let url else { throw faults.failure }
        self.url = url
    }
}
