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
    /// How many texts came among the tokens that are none, as phones of other wallets register them; never written.
    public var unusableTokens = 0

    /// Makes a request.
    public init(
        pushId: PushID, passTypeIdentifier: PassTypeIdentifier, pushTokens: [PushToken], ratePerSecond: Int? = nil
    ) {
        self.pushId = pushId
        self.passTypeIdentifier = passTypeIdentifier
        self.pushTokens = pushTokens
        self.ratePerSecond = ratePerSecond
    }

    private enum CodingKeys: String, CodingKey {
        case pushId, passTypeIdentifier, pushTokens, ratePerSecond
    }

    /// Reads a request; one text that is no push token does not keep the others from being sent.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        pushId = try container.decode(PushID.self, forKey: .pushId)
        passTypeIdentifier = try container.decode(PassTypeIdentifier.self, forKey: .passTypeIdentifier)
        let texts = try container.decode([String].self, forKey: .pushTokens)
        pushTokens = texts.compactMap(PushToken.init(rawValue:))
        unusableTokens = texts.count - pushTokens.count
        ratePerSecond = try container.decodeIfPresent(Int.self, forKey: .ratePerSecond)
    }

    /// How many push tokens a request may hold.
    public static let maximumCount = 10_000
}
