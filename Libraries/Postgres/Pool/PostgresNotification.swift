/// What comes from a channel.
public enum PostgresNotification: Sendable, Hashable {
    /// Listening begins, or begins again: what was notified before is not known.
    case missed
    /// A notification with its payload.
    case payload(String)
}
