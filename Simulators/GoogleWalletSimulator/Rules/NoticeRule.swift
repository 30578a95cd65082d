import GoogleWalletSchema
import HTTPTypes
import JSON

/// How often the holders of a pass may be notified: three times in 24 hours by messages, and by changes as often.
enum NoticeRule {
    static let maximum = 3
    private static let day = 86_400

    /// The notices that still count.
    static func recent(_ notices: [Instant], at now: Instant) -> [Instant] {
        notices.filter { now.seconds(since: $0) < Double(day) }
    }

    /// What a change must touch to notify.
    private static let notifyingKeys: [ResourceType: [String]] = [
        ResourceType(.loyalty, .object): ["loyaltyPoints", "secondaryLoyaltyPoints"],
        ResourceType(.loyalty, .class): [
            "rewardsTier", "localizedRewardsTier", "secondaryRewardsTier", "localizedSecondaryRewardsTier",
        ],
        ResourceType(.eventTicket, .class): ["dateTime", "venue", "eventName"],
        ResourceType(.eventTicket, .object): ["seatInfo"],
        ResourceType(.flight, .object): ["boardingAndSeatingInfo"],
        ResourceType(.flight, .class): [
            "localScheduledDepartureDateTime", "localEstimatedOrActualDepartureDateTime", "localBoardingDateTime",
            "localGateClosingDateTime", "origin", "destination", "flightStatus",
        ],
    ]

    /// Whether the change from one content to another is one that notifies.
    static func notifies(_ type: ResourceType, from before: JSONObject, to after: JSONObject) -> Bool {
        (notifyingKeys[type] ?? []).contains { before[$0] != after[$0] }
    }
}
