/// Who made a class at Google differ from what it should be.
public enum GoogleDriftOrigin: String, Choice {
    /// What we want changed, and was not written yet.
    case us
    /// Somebody changed it at Google.
    case console
}
