/// Where a topic stands.
public enum TopicState: String, Choice {
    /// Pushes go out.
    case running
    /// An admin has stopped it for now.
    case paused
    /// A fault of its configuration stopped it.
    case stopped
    /// Too many tokens were refused: the breaker is open.
    case open
}
