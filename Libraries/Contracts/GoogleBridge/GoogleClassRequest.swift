import JSON

/// A campaign's content, from which its class at Google is made. Values that differ between passes stand as the author
/// wrote them, and `tokenPointers` names them.
public struct GoogleClassRequest: Codable, Hashable, Sendable {
    /// Whose issuer account and service account.
    public var walletConfigurationId: WalletConfigurationID
    /// The campaign's version; an older one than the bridge has changes nothing.
    public var version: Int
    /// The campaign's name, for people.
    public var name: String
    /// Shown where the content names no organisation.
    public var organizationName: String?
    /// Apple's vocabulary. Literal texts are as people see them (`{{{{` is `{{` already).
    public var pass: JSONObject
    /// Translations by language.
    public var localizations: [String: [String: String]]
    /// JSON Pointers, from the root of this message, of each string that holds tokens.
    public var tokenPointers: [String]
    /// The campaign's images.
    public var images: [GoogleImage]
    /// What the campaign says of Google beyond that.
    public var google: GoogleOverrides?

    /// Makes a request.
    public init(
        walletConfigurationId: WalletConfigurationID, version: Int, name: String, organizationName: String? = nil,
        pass: JSONObject, localizations: [String: [String: String]] = [:], tokenPointers: [String] = [],
        images: [GoogleImage] = [], google: GoogleOverrides? = nil
    ) {
        self.walletConfigurationId = walletConfigurationId
        self.version = version
        self.name = name
        self.organizationName = organizationName
        self.pass = pass
        self.localizations = localizations
        self.tokenPointers = tokenPointers
        self.images = images
        self.google = google
    }
}
