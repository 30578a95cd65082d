import HTTPTypes

/// A push token that APNs refused.
public struct PushTokenRejection: Codable, Hashable, Sendable {
    /// The topic it was refused for.
    public var passTypeIdentifier: PassTypeIdentifier
    /// The token.
    public var pushToken: PushToken
    /// APNs' reason, `Unregistered`.
    public var reason: String
    /// Since when it is not valid; registrations renewed later stay.
    public var rejectedAt: Instant

    /// Names a rejection.
    public init(passTypeIdentifier: PassTypeIdentifier, pushToken: PushToken, reason: String, rejectedAt: Instant) {
        self.passTypeIdentifier = passTypeIdentifier
        self.pushToken = pushToken
        self.reason = reason
        self.rejectedAt = rejectedAt
    }
}
