import Cryptography
import HTTPTypes

/// The header fields by which a receiver knows an event as ours and as new (Standard Webhooks 1.0).
///
/// A signature covers the event's id, the second at which it is sent, and the body: none of them can be changed, and an
/// old request is known by its age.
enum WebhookSignature {
    static func headers(
        id: String, body: [UInt8], secrets: [WebhookSecret], at now: Instant
    ) -> HTTPHeaders {
        let timestamp = String(now.wholeSeconds)
        let message = Array("\(id).\(timestamp).".utf8) + body
        let signatures = secrets.map { secret in
            "v1," + Base64.encode(HMACSHA256(key: secret.key).authenticate(message))
        }
        return [
            "Content-Type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp,
            "webhook-signature": signatures.joined(separator: " "),
        ]
    }
}
