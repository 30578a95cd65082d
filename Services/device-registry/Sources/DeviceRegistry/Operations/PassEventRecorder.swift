import ServiceKit

/// Takes down what phones ask, and writes it a few at a time, so that an answer waits for no event (decision 0020).
final class PassEventRecorder: Sendable {
    /// How many events wait at most; what comes while so many wait is dropped and counted.
    static let maximumWaiting = 1_000

    private let notes: NoteWriter<RecordedPassEvent>

    init(store: PassEventStore, metrics: Metrics, logger: Logger) {
        let dropped = metrics.counter(
            "wallet_pass_events_dropped_total", help: "Steps of passes that came faster than they can be written down.")
        notes = NoteWriter(capacity: Self.maximumWaiting, dropped: dropped, logger: logger) {
            try await store.append($0)
        }
    }

    /// Takes events down; never waits.
    func record(_ events: [RecordedPassEvent]) { notes.add(events) }

    /// Writes what was taken down, until its task is cancelled, and then what is left.
    func run() async throws { try await notes.run() }

    /// Writes all that was taken down; what the database does not take waits.
    func write() async { await notes.writeAll() }
}
