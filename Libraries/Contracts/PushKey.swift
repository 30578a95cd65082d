/// A .p8 key for token authentication with APNs.
public struct PushKey: Codable, Hashable, Sendable {
    /// The key's id.
    public var keyId: PushKeyID
    /// The team that the key belongs to.
    public var teamId: TeamIdentifier
    /// The key in PEM.
    public var privateKey: Confidential<String>

    /// Names a key.
    public init(keyId: PushKeyID, teamId: TeamIdentifier, privateKey: Confidential<String>) {
        self.keyId = keyId
        self.teamId = teamId
        self.privateKey = privateKey
    }
}
