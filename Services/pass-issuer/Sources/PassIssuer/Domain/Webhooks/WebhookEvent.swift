import Contracts
import HTTPTypes
import JSON

/// What a webhook is told.
struct WebhookEvent: Sendable, Hashable {
    let id: PassEventID
    let kind: WebhookEventKind
    /// Nil for a test.
    let serialNumber: SerialNumber?
    let at: Instant
    /// The pass as it was then.
    let data: JSONObject

    /// What is posted; the same bytes at each attempt.
    var body: JSONValue {
        [
            "id": .string(id.rawValue), "type": .string(kind.rawValue), "timestamp": .string(at.rfc3339),
            "data": .object(data),
        ]
    }
}
