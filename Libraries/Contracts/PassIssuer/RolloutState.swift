/// Where a rollout stands.
public enum RolloutState: String, Choice {
    /// It goes on.
    case running
    /// An admin has stopped it for now.
    case paused
    /// Every pass was treated.
    case done
    /// It could not go on.
    case failed
    /// A newer one took its place.
    case superseded
}
