import Contracts

/// A dead token that device-registry must learn of, and how often it was told in vain.
struct Rejection: Sendable, Hashable {
    let position: Int
    let content: PushTokenRejection
    let attempts: Int
}
