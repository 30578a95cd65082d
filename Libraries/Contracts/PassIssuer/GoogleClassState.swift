/// How far a campaign's class is at Google.
public enum GoogleClassState: String, Choice {
    /// It waits to be written.
    case pending
    /// It is written.
    case ready
    /// Google refused it.
    case failed
    /// There is none.
    case none
}
