/// What a webhook is told.
public enum WebhookEventKind: String, Choice {
    /// A link made the pass.
    case issued
    /// An iPhone, iPad or Mac added it to Apple Wallet.
    case installed
    /// A device removed it from Apple Wallet, or can't be reached any more.
    case removed
    /// Its content changed, so that wallets show another pass.
    case updated
    /// A person saved it to Google Wallet.
    case saved
    /// A person deleted it from Google Wallet.
    case deleted
    /// A person entered the data that the pass asked for; they come with it.
    case personalized
    /// Its expiration date has passed.
    case expired
    /// An admin tries the webhook.
    case test
}
