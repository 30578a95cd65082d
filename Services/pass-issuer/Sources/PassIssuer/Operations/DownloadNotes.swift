import Contracts
import HTTPTypes
import ServiceKit
import Synchronization

/// Writes down that packages were downloaded again, many at once and after the answer: a phone does not wait for it.
///
/// It is a convenience of the timeline: a crash loses a second of it, and what comes faster than it can be written.
final class DownloadNotes: Sendable {
    /// How many wait at most.
    static let capacity = 10_000
    /// How often they are written.
    static let interval = Duration.seconds(1)

    private let events: PassEventStore
    private let logger: Logger
    private let waiting = Mutex<[StoredPassEvent]>([])

    init(events: PassEventStore, logger: Logger) {
        self.events = events
        self.logger = logger
    }

    /// Notes a download.
    func note(_ serialNumber: SerialNumber, at now: Instant) {
        waiting.withLock { waiting in
            guard waiting.count < Self.capacity else { return }
            waiting.append(.downloaded(serialNumber, at: now))
        }
    }

    /// Writes what was noted, until it is cancelled.
    func run() async throws {
        while true {
            try await Task.sleep(for: Self.interval)
            let noted = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            if noted.isEmpty { continue }
            do {
                try await events.insert(noted)
            } catch {
                try Task.checkCancellation()
                logger.warning("Downloads were not written down.", ["count": "\(noted.count)", "error": "\(error)"])
            }
        }
    }
}
