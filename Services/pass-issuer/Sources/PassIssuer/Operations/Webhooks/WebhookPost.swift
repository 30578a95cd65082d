import Cryptography
import HTTPClient
import HTTPTypes
import JSON

/// Sends one event to its receiver, signed.
struct WebhookPost: Sendable {
    /// Makes connections to permitted addresses alone.
    let client: HTTPClient
    let secrets: SecretBox
    /// Whether events may go out unencrypted.
    let allowsHTTP: Bool
    let clock: @Sendable () -> Instant

    /// What became of it; the answer's body is nobody's business.
    func send(_ delivery: LeasedDelivery) async -> WebhookOutcome {
        guard allowsHTTP || delivery.url.lowercased().hasPrefix("https://") else {
            return .receiverFailed(
                status: nil, reason: "Events are sent to https alone. Put an https URL.", retryAfterSeconds: nil)
        }
        let now = clock()
        let body = delivery.event.body.serialized()
        let keys: [WebhookSecret]
        do {
            let context = StoredWebhook.context(of: delivery.webhook)
            keys = try delivery.secrets.active(at: now).map {
                WebhookSecret(key: try secrets.open($0, context: context))
            }
        } catch {
            return .receiverFailed(
                status: nil, reason: "The secret can't be opened with MASTER_KEYS: \(error).", retryAfterSeconds: nil)
        }
        do throws(HTTPClientError) {
            let answer = try await client.send(
                HTTPClientRequest(
                    method: .post, url: delivery.url,
                    headers: WebhookSignature.headers(
                        id: delivery.event.id.rawValue, body: body, secrets: keys, at: now), body: body,
                    deadline: WebhookPace.deadline, maximumResponseBytes: WebhookPace.maximumResponseBytes))
            return WebhookOutcome(answer, at: clock())
        } catch {
            return WebhookOutcome(error)
        }
    }
}
