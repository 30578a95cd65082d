/// Push tokens to send one push each, 10,000 at most; idempotent by `pushId`.
public struct PushesRequest: Codable, Hashable, Sendable {
    /// What this delivery is known by.
    public var pushId: PushID
    /// The topic.
    public var passTypeIdentifier: PassTypeIdentifier
    /// Where the pushes go.
    public var pushTokens: [PushToken]
    /// How many may go out in a second; without limit when nil.
    public var ratePerSecond: Int?

    /// Makes a request.
    public init(
        pushId: PushID, passTypeIdentifier: PassTypeIdentifier, pushTokens: [PushToken], ratePerSecond: Int? = nil
    ) {
        self.pushId = pushId
        self.passTypeIdentifier = passTypeIdentifier
        self.pushTokens = pushTokens
        self.ratePerSecond = ratePerSecond
    }

    /// How many push tokens a request may hold.
    public static let maximumCount = 10_000
}
