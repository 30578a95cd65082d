/// Which wallet a link is for.
public enum LinkPlatform: String, Choice {
    /// Apple Wallet.
    case apple
    /// Google Wallet.
    case google
    /// Whichever the phone has that opens the link.
    case any
}
