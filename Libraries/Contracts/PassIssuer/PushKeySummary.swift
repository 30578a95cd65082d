/// A key for token authentication with APNs, without the key.
public struct PushKeySummary: Codable, Hashable, Sendable {
    /// The key's id.
    public var keyId: PushKeyID
    /// The team that the key belongs to.
    public var teamId: TeamIdentifier

    /// Makes a summary.
    public init(keyId: PushKeyID, teamId: TeamIdentifier) {
        self.keyId = keyId
        self.teamId = teamId
    }
}
