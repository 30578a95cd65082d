import HTTPTypes

/// A push that was accepted.
public struct APNsPush: Sendable, Hashable, Codable {
    /// Counts all pushes from 1 on.
    public var sequence: Int
    /// The device token in lower case.
    public var token: String
    /// The topic.
    public var topic: String
    /// The push's id, the client's own or a new one.
    public var apnsId: String
    /// The payload as it came.
    public var payload: String
    /// Its priority.
    public var priority: Int
    /// Its type, if it had one.
    public var pushType: String?
    /// Until when it is of use, in seconds since 1970; 0 is: now or never.
    public var expiration: Int?
    /// When it came.
    public var receivedAt: Instant
    /// How many pushes this token and topic have had.
    public var count: Int
    /// The connection on which it came.
    public var connection: Int
    /// Whether a provider token, and not a certificate, said who sent it.
    public var usedProviderToken: Bool
}
