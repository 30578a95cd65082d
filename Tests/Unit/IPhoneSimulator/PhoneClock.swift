import HTTPTypes
import Synchronization

/// A clock that stands still until a test moves it.
final class PhoneClock: Sendable {
    private let state = Mutex(Instant(seconds: 1_800_000_000))

    var now: Instant { state.withLock { $0 } }

    func advance(seconds: Int) { state.withLock { $0 = $0.adding(seconds: seconds) } }
}
