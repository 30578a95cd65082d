/// What other services see happen to a pass.
public enum PassEventNoticeKind: String, Choice {
    /// A device registered it.
    case installed
    /// A device let it go.
    case removed
    /// A person saved it to Google Wallet.
    case saved
    /// A person deleted it from Google Wallet.
    case deleted
}
