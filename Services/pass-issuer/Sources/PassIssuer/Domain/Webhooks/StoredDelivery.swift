import Contracts
import HTTPTypes
import JSON

/// An event for a webhook, as it stands in the log.
struct StoredDelivery: Sendable, Hashable {
    let event: WebhookEvent
    let position: Int
    let state: WebhookDeliveryState
    let attempts: Int
    let nextAttemptAt: Instant
    let lastAttemptAt: Instant?
    let lastStatus: Int?
    let lastError: String?
    let finishedAt: Instant?
}
