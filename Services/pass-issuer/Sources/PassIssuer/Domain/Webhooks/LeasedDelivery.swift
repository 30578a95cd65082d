import Contracts
import HTTPTypes

/// An event that this replica sends now.
struct LeasedDelivery: Sendable {
    let webhook: String
    let url: String
    let secrets: StoredWebhook.SealedSecrets
    /// Failures in a row of the receiver before.
    let failures: Int
    let event: WebhookEvent
    /// How often it was sent, this time included; who finds another number has lost it to another replica.
    let attempts: Int
    let leasedAt: Instant
}
