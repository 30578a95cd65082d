import Contracts
import Cryptography
import HTTPTypes
import JSON

/// Creating, changing and trying webhooks.
struct WebhookEditing: Sendable {
    let store: WebhookStore
    let deliveries: WebhookDeliveryStore
    let review: WebhookReview
    let secrets: SecretBox

    /// How long a test is waited for: a call, and taking it.
    static let testDeadline = WebhookPace.deadline + .seconds(2)

    /// What a change led to.
    struct Outcome: Sendable {
        let webhook: StoredWebhook
        /// The secret, when it is new.
        let secret: WebhookSecret?
        let isNew: Bool
    }

    /// Creates a webhook, or changes where it leads and what it is told; its secret stays.
    func put(
        _ name: WebhookName, of campaign: CampaignID, _ request: WebhookRequest, at now: Instant
    ) async throws -> Outcome {
        let faults = review.faults(of: request)
        guard faults.isEmpty else { throw AdministrationError.faulty(faults) }
        return try await store.database.transaction { transaction in
            guard try await store.lock(campaign, in: transaction) else { throw AdministrationError.unknown("campaign") }
            if var webhook = try await store.webhook(name, of: campaign, lockedIn: transaction) {
                webhook.url = request.url
                webhook.events = request.events
                webhook.change(at: now)
                try await store.save(webhook, in: transaction)
                return Outcome(webhook: webhook, secret: nil, isNew: false)
            }
            guard try await store.count(of: campaign, in: transaction) < StoredWebhook.maximumCount else {
                throw AdministrationError.conflict(
                    "A campaign has \(StoredWebhook.maximumCount) webhooks at most. Delete one, or have one pass "
                        + "events on.")
            }
            let (id, secret) = (Hex.encode(SecureRandom.bytes(16)), WebhookSecret.random())
            let webhook = StoredWebhook(
                id: id, campaign: campaign, name: name, url: request.url, events: request.events,
                secrets: StoredWebhook.SealedSecrets(current: seal(secret, of: id)), createdAt: now, updatedAt: now)
            try await store.save(webhook, in: transaction)
            return Outcome(webhook: webhook, secret: secret, isNew: true)
        }
    }

    /// Makes a new secret; events are signed with the one before as well for a day.
    func rotateSecret(of name: WebhookName, of campaign: CampaignID, at now: Instant) async throws -> Outcome {
        try await store.database.transaction { transaction in
            guard var webhook = try await store.webhook(name, of: campaign, lockedIn: transaction) else {
                throw AdministrationError.unknown("webhook")
            }
            let secret = WebhookSecret.random()
            webhook.secrets = webhook.secrets.rotated(to: seal(secret, of: webhook.id), at: now)
            webhook.change(at: now)
            try await store.save(webhook, in: transaction)
            return Outcome(webhook: webhook, secret: secret, isNew: false)
        }
    }

    /// Sends a test and waits for what becomes of it.
    func test(_ webhook: StoredWebhook, at now: Instant) async throws -> StoredDelivery {
        guard let id = PassEventID(rawValue: Hex.encode(SecureRandom.bytes(16))) else {
            throw AdministrationError.unknown("delivery")
        }
        let event = WebhookEvent(
            id: id, kind: .test, serialNumber: nil, at: now,
            data: ["campaignId": .string(webhook.campaign.rawValue), "webhook": .string(webhook.name.rawValue)])
        try await deliveries.insertTest(event, for: webhook)
        let end = ContinuousClock.now + Self.testDeadline
        while true {
            guard let delivery = try await deliveries.delivery(id, of: webhook) else {
                throw AdministrationError.unknown("delivery")
            }
            if delivery.state != .pending || ContinuousClock.now >= end { return delivery }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func seal(_ secret: WebhookSecret, of id: String) -> [UInt8] {
        secrets.seal(secret.key, context: StoredWebhook.context(of: id))
    }
}
