/// What became of sending an event.
enum WebhookOutcome: Sendable, Hashable {
    /// The receiver took it.
    case delivered(status: Int)
    /// The receiver can't be reached, or takes nothing now: whatever waits for it waits on.
    case receiverFailed(status: Int?, reason: String, retryAfterSeconds: Int?)
    /// The receiver refuses this event; others may fare better.
    case refused(status: Int, reason: String)
}
