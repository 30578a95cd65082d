/// A push as APNs brings it to a phone: it says nothing but where it is for.
public struct Push: Hashable, Sendable {
    /// The topic.
    public let passTypeIdentifier: String
    /// The device token that it was sent to.
    public let pushToken: String

    /// Describes a push.
    public init(passTypeIdentifier: String, pushToken: String) {
        self.passTypeIdentifier = passTypeIdentifier
        self.pushToken = pushToken
    }
}
