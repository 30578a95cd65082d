import HTTPTypes

/// Push tokens that belong to nobody any more.
public struct PushTokenErasuresRequest: Codable, Hashable, Sendable {
    /// The most tokens that one call names.
    public static let maximumCount = 1_000

    /// The tokens.
    public var pushTokens: [PushToken]
    /// What was queued for them from then on stays.
    public var before: Instant

    /// Makes a request.
    public init(pushTokens: [PushToken], before: Instant) {
        self.pushTokens = pushTokens
        self.before = before
    }
}
