/// How far an operation is.
public enum GoogleOperationState: String, Choice {
    /// It waits for its turn, or to be tried again.
    case pending
    /// Google refused it for good; it waits for somebody to repair the cause and retry it.
    case failed
    /// Google did it.
    case done
}
