/// What a rollout carries to installed passes.
public enum RolloutCause: String, Choice {
    /// A new version of the campaign.
    case campaignChanged
    /// A mass update of passes.
    case passUpdates
    /// The campaign's forced end.
    case campaignEnded
}
