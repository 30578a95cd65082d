import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let webhooks = [
        GoldenMessage("pass-issuer/webhook-request") {
            WebhookRequest(url: "https://hooks.example.com/wallet", events: [.issued, .installed])
        },
        GoldenMessage("pass-issuer/webhook-request-all") { WebhookRequest(url: "https://hooks.example.com/wallet") },
        GoldenMessage("pass-issuer/webhook") {
            try Webhook(
                name: id("crm"), url: "https://hooks.example.com/wallet", events: [.removed], state: .failing,
                pending: 12,
                lastDeliveredAt: instant("2026-06-02T09:30:00Z"), lastError: "The receiver answered 503.",
                secret: Confidential("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                previousSecretExpiresAt: instant("2026-06-03T09:30:00Z"), createdAt: instant("2026-06-01T09:30:00Z"),
                updatedAt: instant("2026-06-02T09:30:00Z"))
        },
        GoldenMessage("pass-issuer/webhook-delivery", closed: []) {
            try WebhookDelivery(
                id: id("7d3c1f0a-52a1-4a3b-8a0e-0b9f1f0c2d4e"), event: .installed, serialNumber: id("0f9c1b"),
                at: instant("2026-06-02T09:30:00Z"), state: .pending, attempts: 2,
                lastAttemptAt: instant("2026-06-02T09:30:05Z"), lastStatus: 503,
                lastError: "The receiver answered 503.", nextAttemptAt: instant("2026-06-02T09:30:09Z"),
                body: [
                    "data": ["serialNumber": "0f9c1b"], "id": "7d3c1f0a-52a1-4a3b-8a0e-0b9f1f0c2d4e",
                    "timestamp": "2026-06-02T09:30:00Z", "type": "installed",
                ])
        },
        GoldenMessage("pass-issuer/webhook-delivery-test") {
            try WebhookDelivery(
                id: id("0b9f"), event: .test, at: instant("2026-06-02T09:30:00Z"), state: .delivered, attempts: 1,
                lastAttemptAt: instant("2026-06-02T09:30:01Z"), lastStatus: 204,
                finishedAt: instant("2026-06-02T09:30:02Z"))
        },
        GoldenMessage("pass-issuer/console-sign-in") { ConsoleSignIn(token: "a-token") },
        GoldenMessage("pass-issuer/save-link-answer") {
            SaveLinkAnswer(saveUrl: "https://pay.google.com/gp/v/save/eyJhbGciOiJSUzI1NiJ9.e30.AA")
        },
        GoldenMessage("pass-issuer/webhook-replay-request") {
            try WebhookReplayRequest(from: instant("2026-06-01T00:00:00Z"), to: instant("2026-06-02T00:00:00Z"))
        },
        GoldenMessage("pass-issuer/webhook-replay-answer") { WebhookReplayAnswer(replayed: 17) },
        GoldenMessage("pass-issuer/pass-event-notices-request", closed: ["", "/events/0", "/events/1"]) {
            try PassEventNoticesRequest(events: [
                PassEventNotice(
                    id: id("7d3c1f0a-52a1-4a3b-8a0e-0b9f1f0c2d4e"), kind: .installed, serialNumber: id("0f9c1b"),
                    at: instant("2026-06-02T09:30:00Z")),
                PassEventNotice(
                    id: id("e-2"), kind: .deleted, serialNumber: id("0f9c1b"), at: instant("2026-06-02T09:31:00Z")),
            ])
        },
    ]
}
