import HTTPTypes

/// What is written down of a push that was sent.
struct PushOutcome: Sendable, Hashable {
    /// How it goes on.
    enum Kind: Sendable, Hashable {
        /// APNs took it.
        case accepted
        /// APNs refused it for good: the token is dead since an instant.
        case rejected(since: Instant)
        /// APNs refused it for good, and the token may not be to blame.
        case suspect(since: Instant)
        /// It is not sent again, and nothing is known of the token.
        case givenUp
        /// APNs refused it for now.
        case refused(retryAt: Instant, countsAttempt: Bool)
        /// No answer came.
        case unanswered(retryAt: Instant, countsAttempt: Bool)
    }

    let push: LeasedPush
    let kind: Kind
    /// Why it was not taken.
    let reason: String?
}
