import Contracts
import HTTPTypes

/// Where a campaign's events go.
struct StoredWebhook: Sendable, Hashable {
    /// Random; a later webhook of the same name is another one.
    let id: String
    let campaign: CampaignID
    let name: WebhookName
    var url: String
    /// Nil is every kind.
    var events: [WebhookEventKind]?
    /// What events are signed with, and the secret before for as long as it is good.
    var secrets: SealedSecrets
    /// Failures in a row that were the receiver's.
    var failures = 0
    var lastDeliveredAt: Instant?
    var lastError: String?
    let createdAt: Instant
    var updatedAt: Instant

    /// How many a campaign may have.
    static let maximumCount = 10
    /// For how long a replaced secret is good.
    static let rotationSeconds = 86_400

    /// Secrets as they are stored, sealed for ``context(of:)``.
    struct SealedSecrets: Sendable, Hashable {
        var current: [UInt8]
        var previous: [UInt8]?
        var previousExpiresAt: Instant?

        /// Those that events are signed with at an instant, the newest first.
        func active(at now: Instant) -> [[UInt8]] {
            guard let previous, let previousExpiresAt, now < previousExpiresAt else { return [current] }
            return [current, previous]
        }

        /// These with a new one in front of the newest.
        func rotated(to secret: [UInt8], at now: Instant) -> SealedSecrets {
            SealedSecrets(
                current: secret, previous: current,
                previousExpiresAt: now.adding(seconds: StoredWebhook.rotationSeconds))
        }
    }

    /// Changed just now: its receiver is given another chance, as storing it does.
    mutating func change(at now: Instant) {
        (failures, lastError, updatedAt) = (0, nil, now)
    }

    /// The associated data that its secrets are sealed with; current and previous are one thing that grows old.
    static func context(of id: String) -> [UInt8] {
        Array("issuer.webhooks/\(id)/secret".utf8)
    }
}
