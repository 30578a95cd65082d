/// A `.p8` key that providers may sign their tokens with: its public half and whose it is.
public struct APNsProviderKey: Sendable {
    /// The key's identifier, `kid` in a token.
    public var keyID: String
    /// The team, `iss` in a token.
    public var teamID: String
    /// The public key in PEM.
    public var publicKey: String
    /// The topics that it may push to; nil for any.
    public var topics: Set<String>?

    /// Describes a key.
    public init(keyID: String, teamID: String, publicKey: String, topics: Set<String>? = nil) {
        self.keyID = keyID
        self.teamID = teamID
        self.publicKey = publicKey
        self.topics = topics
    }
}
