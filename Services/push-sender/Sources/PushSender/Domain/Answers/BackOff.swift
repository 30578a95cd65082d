/// Pauses that double, up to a longest one, less a share of chance.
struct BackOff: Sendable, Hashable {
    let first: Duration
    let longest: Duration

    /// After faults of the service or of the way to it.
    static let ofService = BackOff(first: .seconds(1), longest: .seconds(60))
    /// After rounds of a topic that brought more faults than answers.
    static let ofTopic = BackOff(first: .seconds(1), longest: .seconds(30))
    /// After refusals of one token.
    static let ofToken = BackOff(first: .seconds(4), longest: .seconds(3_600))
    /// After too many new provider tokens: Apple counts them by 20 minutes.
    static let ofProvider = BackOff(first: .seconds(60), longest: .seconds(1_200))
    /// After calls that device-registry did not take.
    static let ofRegistry = BackOff(first: .milliseconds(500), longest: .seconds(300))

    /// The pause after so many attempts: between half of the doubled one and all of it.
    /// - Parameter jitter: a share of chance in 0…1.
    func pause(after attempts: Int, jitter: Double) -> Duration {
        let doublings = min(max(attempts - 1, 0), 20)
        return min(first * (1 << doublings), longest) * (0.5 + 0.5 * jitter)
    }
}
