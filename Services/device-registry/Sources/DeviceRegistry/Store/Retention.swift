import HTTPTypes
import Postgres
import ServiceKit

/// Keeps the tables that only grow within their bounds.
struct Retention: Sendable {
    // Small enough that each deletion is over at once and holds nobody up.
    private static let batch = 2_000

    let updates: PassUpdateStore
    let logs: DeviceLogStore
    let events: PassEventStore
    let updateAge: Duration
    let logAge: Duration
    let logLines: Int
    let eventAge: Duration
    let eventCount: Int
    let logger: Logger

    /// Sweeps now and then until its task is cancelled; a database that is away is met again at the next turn.
    func run(every interval: Duration) async throws {
        while true {
            do {
                try await sweep(at: .now())
            } catch let error as PostgresError where error != .cancelled {
                logger.warning("Old rows were not deleted.", ["error": "\(error)"])
            }
            try await Task.sleep(for: interval)
        }
    }

    /// Deletes all that is too old at an instant, or too much.
    func sweep(at now: Instant) async throws {
        let updatesBefore = now.adding(seconds: -Int(updateAge.components.seconds))
        while try await updates.forget(appliedBefore: updatesBefore, atMost: Self.batch) == Self.batch {}
        let logsBefore = now.adding(seconds: -Int(logAge.components.seconds))
        while try await logs.forget(olderThan: logsBefore, keeping: logLines, atMost: Self.batch) == Self.batch {}
        let eventsBefore = now.adding(seconds: -Int(eventAge.components.seconds))
        while try await events.forget(olderThan: eventsBefore, keeping: eventCount, atMost: Self.batch) == Self.batch {}
    }
}
