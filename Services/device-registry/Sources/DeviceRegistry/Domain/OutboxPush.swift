import Contracts

/// Pushes of one pass type that are to be handed to push-sender, together and under one id until it has them.
struct OutboxPush: Sendable {
    /// Its row.
    let position: Int64
    /// What push-sender knows the delivery by.
    let pushID: PushID
    let passTypeIdentifier: PassTypeIdentifier
    /// Each of them once.
    let pushTokens: [PushToken]
    /// How often it was taken from the outbox, this time included.
    let attempts: Int
}
