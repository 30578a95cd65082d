/// When the next connection may be opened: failures make it wait longer and longer, and even successes not be followed
/// by one another without end, since APNs takes fast reconnecting for an attack.
struct ReconnectPace {
    typealias Instant = ContinuousClock.Instant

    /// Connections that may be opened in quick succession.
    private static let burst = 8.0
    /// Of them, how many are regained each second.
    private static let perSecond = 1.0

    private let first: Duration
    private let longest: Duration
    private var failures = 0
    private var pauseEnd: Instant?
    private var tokens = burst
    private var countedAt: Instant?

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// The earliest instant at which a connection may be opened.
    func next(at now: Instant) -> Instant {
        let available = tokens(at: now)
        let refill = available >= 1 ? now : now + .seconds((1 - available) / Self.perSecond)
        return max(pauseEnd ?? now, refill, now)
    }

    /// A connection is being opened.
    mutating func opened(at now: Instant) {
        tokens = tokens(at: now) - 1
        countedAt = now
    }

    /// A connection could not be opened, or ended without having been of use; `random` is from 0 to 1.
    mutating func failed(at now: Instant, random: Double) {
        failures = min(failures + 1, 30)
        let doubled = first * Double(1 << (failures - 1))
        pauseEnd = now + min(doubled, longest) * (0.5 + random / 2)
    }

    /// A connection was of use.
    mutating func succeeded() {
        failures = 0
        pauseEnd = nil
    }

    private func tokens(at now: Instant) -> Double {
        guard let countedAt else { return tokens }
        return min(Self.burst, tokens + countedAt.duration(to: now) / .seconds(1) * Self.perSecond)
    }
}
