import HTTPTypes

/// Google lets a pass notify its users three times in 24 hours; what is beyond arrives in silence.
enum NotificationBudget {
    /// How many there may be.
    static let count = 3
    /// In how many seconds.
    static let seconds = 86_400

    /// Whether another one may be sent.
    static func allows(after earlier: [Instant], at now: Instant) -> Bool {
        earlier.count { now.seconds(since: $0) < Double(seconds) } < count
    }
}
