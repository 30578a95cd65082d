import HTTPTypes

/// How a phone repeats a call that failed: ten times, after ever longer pauses, and then no more.
///
/// That there are ten levels is known of iOS; how long its pauses are is not, so these are ours.
public struct BackOff: Sendable {
    /// The pause after each failure, in seconds.
    public let pauses: [Double]

    /// Takes pauses in their order.
    public init(pauses: [Double]) {
        self.pauses = pauses
    }

    /// From a quarter of a minute to two hours.
    public static let phone = BackOff(pauses: [15, 30, 60, 120, 240, 480, 900, 1_800, 3_600, 7_200])

    /// Ten levels from a tenth of a second to six, for those who watch.
    public static let hasty = BackOff(pauses: [0.1, 0.2, 0.4, 0.8, 1.6, 3, 6, 6, 6, 6])

    /// What is left to do after one more failure; nil when the phone gives up.
    func retry(after earlier: Retry?, now: Instant) -> Retry? {
        let failures = (earlier?.failures ?? 0) + 1
        guard failures <= pauses.count else { return nil }
        let microseconds = Int64(pauses[failures - 1] * 1_000_000)
        return Retry(failures: failures, dueAt: Instant(microseconds: now.microseconds + microseconds))
    }
}
