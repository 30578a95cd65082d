import HTTPTypes

/// How many pushes of a topic a replica has on their way at once: few at first, twice as many after each good round, few
/// again after a bad one, and none while it rests.
struct SendingWindow: Sendable, Hashable {
    /// How many at first.
    static let initialSize = 32

    /// How many now.
    private(set) var size: Int
    /// Until when none is sent.
    private(set) var restsUntil: Instant?
    /// Bad rounds in a row.
    private(set) var faults = 0
    private let maximum: Int

    init(maximum: Int) {
        self.maximum = maximum
        size = min(Self.initialSize, maximum)
    }

    /// Whether it rests.
    func rests(at now: Instant) -> Bool {
        restsUntil.map { now < $0 } ?? false
    }

    /// Takes note of a round of answers.
    /// - Parameters:
    ///   - answered: those that told something of a push.
    ///   - failed: those that told of a fault of the service or of the way to it.
    mutating func record(answered: Int, failed: Int, at now: Instant, jitter: Double) {
        guard failed > answered else {
            if answered > 0 {
                size = min(size * 2, maximum)
                faults = 0
                restsUntil = nil
            }
            return
        }
        faults += 1
        // One push finds out whether it is over.
        size = 1
        let pause = BackOff.ofTopic.pause(after: faults, jitter: jitter)
        restsUntil = Instant(microseconds: now.microseconds + pause.microseconds)
    }
}
