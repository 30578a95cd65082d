/// What a save link carries.
public enum SaveLinkMode: String, Choice {
    /// Ids alone: the object is at Google.
    case id
    /// The whole object: Google did not answer in time.
    case full
}
