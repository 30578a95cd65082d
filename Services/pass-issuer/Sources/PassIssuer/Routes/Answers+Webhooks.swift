import Contracts
import HTTPTypes

// How webhooks are shown to administrators; never a secret, but where it is new.

extension Contracts.Webhook {
    init(_ webhook: StoredWebhook, pending: Int, at now: Instant) {
        self.init(
            name: webhook.name, url: webhook.url, events: webhook.events,
            state: webhook.failures > 0 ? .failing : .ready, pending: pending,
            lastDeliveredAt: webhook.lastDeliveredAt, lastError: webhook.lastError,
            previousSecretExpiresAt: webhook.secrets.previousExpiresAt.flatMap { $0 > now ? $0 : nil },
            createdAt: webhook.createdAt, updatedAt: webhook.updatedAt)
    }
}

extension Contracts.WebhookDelivery {
    init(_ delivery: StoredDelivery, showsBody: Bool) {
        let event = delivery.event
        self.init(
            id: event.id, event: event.kind, serialNumber: event.serialNumber, at: event.at, state: delivery.state,
            attempts: delivery.attempts, lastAttemptAt: delivery.lastAttemptAt, lastStatus: delivery.lastStatus,
            lastError: delivery.lastError, nextAttemptAt: delivery.state == .pending ? delivery.nextAttemptAt : nil,
            finishedAt: delivery.finishedAt, body: showsBody ? event.body : nil)
    }
}
