/// When calls came in, and whether they kept a pace.
struct PaceReading {
    private let times: [ContinuousClock.Instant]

    /// How much later than it was sent a call may be seen here, where many tests share two processors.
    private static let jitter = 0.2

    init(_ times: [ContinuousClock.Instant]) {
        self.times = times.sorted()
    }

    /// Whether no stretch of time holds more calls than the rate allows, wherever it begins and ends.
    func keeps(_ perSecond: Double) -> Bool {
        for (start, begin) in times.enumerated() {
            for (end, finish) in times.enumerated() where end > start {
                let stretch = begin.duration(to: finish) / .seconds(1)
                if Double(end - start) > (stretch + Self.jitter) * perSecond { return false }
            }
        }
        return true
    }
}
