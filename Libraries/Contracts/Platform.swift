/// A wallet that a pass lives in.
public enum Platform: String, Choice {
    /// Apple Wallet.
    case apple
    /// Google Wallet.
    case google
}
