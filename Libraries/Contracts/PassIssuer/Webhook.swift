import HTTPTypes

/// Where a campaign's events go.
public struct Webhook: Codable, Hashable, Sendable {
    /// Its name within the campaign.
    public var name: WebhookName
    /// Where events are posted to.
    public var url: String
    /// The kinds that it is told; absent is every kind.
    public var events: [WebhookEventKind]?
    /// Whether its receiver takes what it is sent.
    public var state: WebhookState
    /// Events that wait.
    public var pending: Int
    /// When the receiver last took one, to within ten seconds.
    public var lastDeliveredAt: Instant?
    /// Why it took none last.
    public var lastError: String?
    /// What events are signed with, `whsec_` and Base64; shown when it is made and never again.
    public var secret: Confidential<String>?
    /// Until when events are signed with the secret before as well.
    public var previousSecretExpiresAt: Instant?
    /// When it was made.
    public var createdAt: Instant
    /// When it was last put.
    public var updatedAt: Instant

    /// Makes an answer.
    public init(
        name: WebhookName, url: String, events: [WebhookEventKind]? = nil, state: WebhookState, pending: Int,
        lastDeliveredAt: Instant? = nil, lastError: String? = nil, secret: Confidential<String>? = nil,
        previousSecretExpiresAt: Instant? = nil, createdAt: Instant, updatedAt: Instant
    ) {
        self.name = name
        self.url = url
        self.events = events
        self.state = state
        self.pending = pending
        self.lastDeliveredAt = lastDeliveredAt
        self.lastError = lastError
        self.secret = secret
        self.previousSecretExpiresAt = previousSecretExpiresAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
