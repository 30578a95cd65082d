import HTTPTypes
import Postgres
import ServiceKit

/// Keeps the tables that only grow within their bounds.
struct Retention: Sendable {
    let operations: OperationStore
    let callbacks: CallbackStore
    let events: EventStore
    let operationAge: Duration
    let failedOperationAge: Duration
    let eventAge: Duration
    let logger: Logger
    let clock: @Sendable () -> Instant

    // Small enough that each deletion is over at once and holds nobody up.
    private static let batch = 2_000
    private static let rest = Duration.seconds(600)

    /// Sweeps now and then until it is cancelled.
    func run() async throws {
        while true {
            do {
                try await sweep(at: clock())
            } catch {
                try Task.checkCancellation()
                logger.warning("Old rows were not deleted; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Deletes all that is too old at an instant.
    func sweep(at now: Instant) async throws {
        let doneBefore = now.adding(seconds: -Int(operationAge.components.seconds))
        while try await operations.forget(doneBefore: doneBefore, atMost: Self.batch) == Self.batch {}
        let failedBefore = now.adding(seconds: -Int(failedOperationAge.components.seconds))
        while try await operations.forget(failedBefore: failedBefore, atMost: Self.batch) == Self.batch {}
        let happenedBefore = now.adding(seconds: -Int(eventAge.components.seconds))
        while try await events.forget(olderThan: happenedBefore, atMost: Self.batch) == Self.batch {}
        // What nobody told for so long, for want of a token, nobody waits for.
        while try await events.forgetNotices(olderThan: happenedBefore, atMost: Self.batch) == Self.batch {}
        // An hour later than they expire, so that clocks that differ make none of them count twice.
        let expiredBefore = now.adding(seconds: -3_600)
        while try await callbacks.forget(expiredBefore: expiredBefore, atMost: Self.batch) == Self.batch {}
    }
}
