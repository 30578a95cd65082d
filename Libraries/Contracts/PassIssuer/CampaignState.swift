/// Where a campaign stands.
public enum CampaignState: String, Choice {
    /// An image that one of its platforms requires is not there yet.
    case draft
    /// Its links make passes.
    case active
    /// Its links answer 410.
    case ended
}
