/// The `reason` of an answer of APNs, in its own word; words of tomorrow included.
struct APNsReason: RawRepresentable, Sendable, Hashable {
    /// The word.
    let rawValue: String

    /// Takes a word, cut where no reason of Apple's ends; nil for what is none.
    init?(rawValue: String) {
        let isWord = rawValue.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isWord, (1...64).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    private init(_ word: StaticString) {
        rawValue = "\(word)"
    }

    static let badDeviceToken = APNsReason("BadDeviceToken")
    static let deviceTokenNotForTopic = APNsReason("DeviceTokenNotForTopic")
    static let expiredProviderToken = APNsReason("ExpiredProviderToken")
    static let idleTimeout = APNsReason("IdleTimeout")
    static let tooManyProviderTokenUpdates = APNsReason("TooManyProviderTokenUpdates")

    /// The reasons of 400 that no other push of the topic would escape either: our fault, or the configuration's.
    static let configurationFaults: Set<APNsReason> = [
        APNsReason("BadTopic"), APNsReason("MissingTopic"), APNsReason("TopicDisallowed"),
        APNsReason("BadExpirationDate"), APNsReason("BadPriority"), APNsReason("PayloadEmpty"),
        APNsReason("InvalidPushType"), APNsReason("DuplicateHeaders"), APNsReason("BadMessageId"),
        APNsReason("BadCollapseId"), APNsReason("MissingDeviceToken"),
    ]
}
