/// Where a person saves a pass to Google Wallet.
public struct SaveLinkAnswer: Codable, Hashable, Sendable {
    /// Google's page.
    public var saveUrl: String

    /// Makes an answer.
    public init(saveUrl: String) {
        self.saveUrl = saveUrl
    }
}
