import Synchronization

/// How many lines of phones are stored. The log endpoint knows no authentication: the sum is limited, and what exceeds
/// it is dropped, so that nobody can fill the database.
final class LogAllowance: Sendable {
    private struct State {
        var lines: Double
        var filledAt: ContinuousClock.Instant?
    }

    /// How many seconds' worth of lines may come at once, as after a push to everybody.
    private static let burstSeconds = 60.0

    private let perSecond: Double
    private let state: Mutex<State>

    /// - Parameter linesPerSecond: lines on average; 0 does not limit them.
    init(linesPerSecond: Double) {
        perSecond = linesPerSecond
        state = Mutex(State(lines: linesPerSecond * Self.burstSeconds, filledAt: nil))
    }

    /// How many of so many lines may be stored now.
    func take(_ count: Int, at now: ContinuousClock.Instant = .now) -> Int {
        guard perSecond > 0 else { return count }
        return state.withLock { state in
            let elapsed = state.filledAt.map { max(0, $0.duration(to: now) / .seconds(1)) } ?? 0
            state.lines = min(perSecond * Self.burstSeconds, state.lines + elapsed * perSecond)
            state.filledAt = now
            let taken = min(count, Int(state.lines))
            state.lines -= Double(taken)
            return taken
        }
    }
}
