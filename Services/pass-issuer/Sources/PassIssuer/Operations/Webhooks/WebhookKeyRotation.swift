import Cryptography

/// Seals the secrets of webhooks anew.
struct WebhookKeyRotation: Sendable {
    let store: WebhookStore
    let secrets: SecretBox

    /// Seals every secret under the first of the master keys; how many webhooks had one under another key.
    func run() async throws -> Int {
        var rotated = 0
        var after = ""
        while true {
            let page = try await store.webhooks(after: after, limit: 100)
            for webhook in page {
                let old = webhook.secrets
                guard [old.current, old.previous].contains(where: { $0.map(secrets.needsRotation) ?? false }) else {
                    continue
                }
                let resealed = StoredWebhook.SealedSecrets(
                    current: try reseal(old.current, of: webhook.id),
                    previous: try old.previous.map { try reseal($0, of: webhook.id) },
                    previousExpiresAt: old.previousExpiresAt)
                rotated += try await store.reseal(webhook, as: resealed) ? 1 : 0
            }
            guard let last = page.last else { return rotated }
            after = last.id
        }
    }

    private func reseal(_ sealed: [UInt8], of id: String) throws -> [UInt8] {
        let context = StoredWebhook.context(of: id)
        return secrets.seal(try secrets.open(sealed, context: context), context: context)
    }
}
