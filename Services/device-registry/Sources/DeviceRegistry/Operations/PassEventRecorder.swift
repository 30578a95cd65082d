import ServiceKit
import Synchronization

/// Takes down what phones ask, and writes it many at a time, so that an answer waits for no event (decision 0020).
final class PassEventRecorder: Sendable {
    /// How many events wait at most; what comes while so many wait is dropped and counted.
    static let maximumWaiting = 1_000
    /// How long events wait.
    static let pause = Duration.milliseconds(250)

    private let store: PassEventStore
    private let dropped: Counter
    private let logger: Logger
    private let waiting = Mutex<[RecordedPassEvent]>([])

    init(store: PassEventStore, metrics: Metrics, logger: Logger) {
        self.store = store
        self.logger = logger
        dropped = metrics.counter(
            "wallet_pass_events_dropped_total", help: "Steps of passes that came faster than they can be written down.")
    }

    /// Takes events down; never waits.
    func record(_ events: [RecordedPassEvent]) {
        let count = waiting.withLock { waiting in
            let taken = events.prefix(Self.maximumWaiting - waiting.count)
            waiting += taken
            return events.count - taken.count
        }
        if count > 0 { dropped.increment(by: Double(count)) }
    }

    /// Writes what was taken down, now and then until its task is cancelled, and then what is left.
    func run() async throws {
        do {
            while true {
                try await Task.sleep(for: Self.pause)
                await write()
            }
        } catch {
            // The last events are written too, by a task that is not cancelled: this one's statements are refused now.
            await Task { await write() }.value
            throw error
        }
    }

    /// Writes what was taken down; what the database does not take waits for the next turn.
    func write() async {
        let events = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !events.isEmpty else { return }
        do {
            try await store.append(events)
        } catch {
            logger.debug("Steps of passes were not written down; they are tried again.", ["error": "\(error)"])
            record(events)
        }
    }
}
