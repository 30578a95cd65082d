import Contracts

/// A delivery of pushes as it is stored.
struct EnqueuedPushes: Sendable {
    let pushID: PushID
    let passTypeIdentifier: PassTypeIdentifier
    let pushTokens: [PushToken]
    /// How many may go out in a second.
    let pace: Int?
    /// How many of those that came are not sent.
    let refused: Int
}
