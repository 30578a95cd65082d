import Contracts

/// A message to another service, kept until it was taken there.
struct OutboxMessage: Sendable {
    let id: Int
    /// The receiver keeps it, so that a repeat changes nothing.
    let updateID: UpdateID
    let notice: PassesChanged
    /// How often it was sent, this time included.
    let attempts: Int
}
