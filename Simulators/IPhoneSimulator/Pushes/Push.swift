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

    /// The push in one readable line, in the columns of an exchange.
    public var line: String {
        let text = "for \(passTypeIdentifier), to \(pushToken.prefix(8))…"
        return "push    \(text)\(String(repeating: " ", count: max(0, 89 - text.count)))  APNs has brought it"
    }
}
