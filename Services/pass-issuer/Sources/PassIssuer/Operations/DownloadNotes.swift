import Contracts
import HTTPTypes
import ServiceKit

/// Writes down that packages were downloaded again, some at once and after the answer: a phone does not wait for it.
///
/// It is a convenience of the timeline: a crash loses the latest moment of it, and what comes faster than it can be written.
final class DownloadNotes: Sendable {
    /// How many wait at most.
    private static let capacity = 10_000

    private let notes: NoteWriter<StoredPassEvent>

    init(events: PassEventStore, metrics: Metrics, logger: Logger) {
        let dropped = metrics.counter(
            "wallet_downloads_dropped_total", help: "Repeated downloads that came faster than they can be written down."
        )
        notes = NoteWriter(capacity: Self.capacity, dropped: dropped, logger: logger) { try await events.insert($0) }
    }

    /// Notes a download.
    func note(_ serialNumber: SerialNumber, at now: Instant) {
        notes.add([.downloaded(serialNumber, at: now)])
    }

    /// Writes what was noted, until its task is cancelled, and then what is left.
    func run() async throws { try await notes.run() }
}
