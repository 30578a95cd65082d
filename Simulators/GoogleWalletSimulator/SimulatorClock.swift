import HTTPTypes
import Synchronization

/// What time it is for the simulated Google: the system's time until somebody moves it.
public final class SimulatorClock: Sendable {
    private struct State {
        var frozen: Instant?
        var offset: Int64 = 0
    }

    private let state = Mutex(State())

    /// The time.
    public func now() -> Instant {
        state.withLock { state in
            state.frozen ?? Instant(microseconds: Instant.now().microseconds + state.offset)
        }
    }

    /// Moves the time; a stopped clock stays stopped.
    public func advance(seconds: Double) {
        state.withLock { state in
            let difference = Int64(seconds * 1_000_000)
            if let frozen = state.frozen {
                state.frozen = Instant(microseconds: frozen.microseconds + difference)
            } else {
                state.offset += difference
            }
        }
    }

    /// Stops the clock at an instant.
    public func freeze(at instant: Instant) {
        state.withLock { $0.frozen = instant }
    }

    /// Goes back to the system's time.
    public func reset() {
        state.withLock { $0 = State() }
    }
}
