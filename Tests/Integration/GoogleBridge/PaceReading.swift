import HTTPTypes

/// When calls came in from a moment on, and whether they kept a pace.
struct PaceReading {
    /// In seconds after that moment.
    private let times: [Double]

    init(_ times: [ContinuousClock.Instant], since start: ContinuousClock.Instant) {
        self.times = times.filter { $0 >= start }.sorted().map { start.duration(to: $0) / .seconds(1) }
    }

    init(_ times: [Instant], since start: Instant) {
        self.times = times.filter { $0 >= start }.sorted().map { $0.seconds(since: start) }
    }

    /// Whether no call came before its place. Calls that come late, and then close to each other, were only held up.
    func keeps(_ perSecond: Double) -> Bool {
        times.enumerated().allSatisfy { number, time in time >= Double(number) / perSecond }
    }
}
