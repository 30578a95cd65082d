import Contracts
import JSON

/// A message to another service, kept until it was taken there.
struct OutboxMessage: Sendable {
    let id: Int
    /// The receiver keeps it, so that a repeat changes nothing.
    let messageID: UpdateID
    let kind: OutboxKind
    let payload: JSONValue
    /// Grows with each change of what the message is about; the receiver lets no older one replace a newer.
    let revision: Int
    /// How often it was sent, this time included; who finds another number has lost the message to another replica.
    let attempts: Int

    /// What it says.
    /// - Throws: when it was stored in another shape.
    func content() throws -> OutboxContent {
        try OutboxContent(kind: kind, payload: payload)
    }
}
