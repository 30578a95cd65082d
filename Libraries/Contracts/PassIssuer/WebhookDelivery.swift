import HTTPTypes
import JSON

/// An event on its way to a webhook, or in its log.
public struct WebhookDelivery: Codable, Hashable, Sendable {
    /// The event; the receiver sees it as `webhook-id`.
    public var id: PassEventID
    /// What happened.
    public var event: WebhookEventKind
    /// The pass; absent for a test.
    public var serialNumber: SerialNumber?
    /// When it happened.
    public var at: Instant
    /// How far it is.
    public var state: WebhookDeliveryState
    /// How often it was sent.
    public var attempts: Int
    /// When it was sent last.
    public var lastAttemptAt: Instant?
    /// What was answered last, when anything was.
    public var lastStatus: Int?
    /// Why it was not taken last.
    public var lastError: String?
    /// When it is sent next, at the earliest.
    public var nextAttemptAt: Instant?
    /// When it was delivered or given up.
    public var finishedAt: Instant?
    /// The body that the receiver gets; with a single delivery alone.
    public var body: JSONValue?

    /// Makes an answer.
    public init(
        id: PassEventID, event: WebhookEventKind, serialNumber: SerialNumber? = nil, at: Instant,
        state: WebhookDeliveryState, attempts: Int, lastAttemptAt: Instant? = nil, lastStatus: Int? = nil,
        lastError: String? = nil, nextAttemptAt: Instant? = nil, finishedAt: Instant? = nil, body: JSONValue? = nil
    ) {
        self.id = id
        self.event = event
        self.serialNumber = serialNumber
        self.at = at
        self.state = state
        self.attempts = attempts
        self.lastAttemptAt = lastAttemptAt
        self.lastStatus = lastStatus
        self.lastError = lastError
        self.nextAttemptAt = nextAttemptAt
        self.finishedAt = finishedAt
        self.body = body
    }
}
