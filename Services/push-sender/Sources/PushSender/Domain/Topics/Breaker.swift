/// Stops a topic when so many tokens are refused that the fault is probably ours: a wrong environment or certificate would
/// otherwise empty device-registry.
enum Breaker {
    /// Answers of one topic within the last minute, of all replicas.
    struct Window: Sendable, Hashable {
        /// All of them.
        let answers: Int
        /// Those that said BadDeviceToken or DeviceTokenNotForTopic.
        let suspects: Int
    }

    /// Seconds that an answer counts.
    static let windowSeconds = 60
    /// The fewest answers that say anything.
    static let leastAnswers = 50
    /// How long a suspect token is not told of.
    static let suspicion = Duration.seconds(60)
    /// How often an open breaker lets a push through.
    static let probeInterval = Duration.seconds(60)

    /// What to do.
    enum Change: Sendable, Hashable {
        case open
        case close
    }

    /// What answers just recorded lead to.
    /// - Parameter probeAccepted: whether a push that the open breaker let through was taken.
    static func change(isOpen: Bool, _ window: Window, probeAccepted: Bool) -> Change? {
        if isOpen { return probeAccepted ? .close : nil }
        return window.answers >= leastAnswers && window.suspects * 2 >= window.answers ? .open : nil
    }
}
