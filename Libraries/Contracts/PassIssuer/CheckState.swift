/// How a live check of a wallet configuration ended.
public enum CheckState: String, Choice {
    /// All is well.
    case ok
    /// It works here and now, but not everywhere or not for ever.
    case warning
    /// It does not work.
    case failed
}
