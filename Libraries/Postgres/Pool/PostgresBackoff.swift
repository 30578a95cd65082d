/// Exponential pauses with jitter, so that many processes don't come back at one instant.
public struct PostgresBackoff: Sendable {
    /// The first pause, at most.
    public var initial: Duration
    /// The longest pause.
    public var maximum: Duration

    /// Makes a series of pauses.
    public init(initial: Duration = .milliseconds(50), maximum: Duration = .seconds(2)) {
        self.initial = initial
        self.maximum = maximum
    }

    /// The pause before the attempt after so many failures: between half of the exponential value and all of it.
    func pause(afterFailures failures: Int, random: Double) -> Duration {
        let doublings = min(max(failures - 1, 0), 20)
        let full = min(initial * (1 << doublings), maximum)
        return full * (0.5 + 0.5 * random)
    }
}
