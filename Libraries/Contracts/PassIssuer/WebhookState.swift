/// Whether a webhook's receiver takes what it is sent.
public enum WebhookState: String, Choice {
    /// Nothing speaks against it.
    case ready
    /// The receiver refused or did not answer last; it is asked again, ever more rarely.
    case failing
}
