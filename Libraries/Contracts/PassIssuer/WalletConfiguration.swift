import HTTPTypes

/// A wallet configuration as it is answered, without any secret.
public struct WalletConfiguration: Codable, Hashable, Sendable {
    /// Its id.
    public var id: WalletConfigurationID
    /// Its name among admins.
    public var name: String
    /// The organisation that passes show.
    public var organizationName: String?
    /// Apple's part.
    public var apple: AppleConfiguration?
    /// Google's part.
    public var google: GoogleConfiguration?
    /// When it was put first.
    public var createdAt: Instant
    /// When it was put last.
    public var updatedAt: Instant
    /// What its admin should look after.
    public var warnings: [String]

    /// Makes an answer.
    public init(
        id: WalletConfigurationID, name: String, organizationName: String? = nil, apple: AppleConfiguration? = nil,
        google: GoogleConfiguration? = nil, createdAt: Instant, updatedAt: Instant, warnings: [String] = []
    ) {
        self.id = id
        self.name = name
        self.organizationName = organizationName
        self.apple = apple
        self.google = google
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.warnings = warnings
    }
}
