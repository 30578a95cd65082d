import HTTPTypes
import Postgres
import ServiceKit

/// Deletes what nobody asks for any more, a little at a time: steps of passes and rollouts that are long past, and what
/// was left of mass updates that never became a rollout.
struct Housekeeping: Sendable {
    let store: HousekeepingStore
    let events: PassEventStore
    /// How long the steps of passes are kept.
    let eventRetention: Duration
    /// How many steps of passes are kept.
    let maximumEvents: Int
    /// How long ended rollouts are kept.
    let rolloutRetention: Duration
    let logger: Logger
    let clock: @Sendable () -> Instant

    /// How often it looks.
    static let interval = Duration.seconds(600)
    /// How much it deletes at once.
    static let portion = 5_000
    /// How long a mass update may take for its next lines.
    static let receivingSeconds = 900

    /// Cleans until it is cancelled.
    func run() async throws {
        while true {
            do {
                try await clean()
            } catch {
                try Task.checkCancellation()
                logger.warning("Old data were not deleted; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    /// Deletes everything that is due.
    func clean() async throws {
        let now = clock()
        try await store.abandonUpdates(before: now.adding(seconds: -Self.receivingSeconds))
        try await repeated { try await store.deleteLines(limit: $0) }
        try await store.deleteWalks()
        let oldest = now.adding(seconds: -Int(eventRetention.components.seconds))
        try await repeated { try await events.delete(before: oldest, keeping: maximumEvents, limit: $0) }
        try await repeated {
            try await store.deleteRollouts(
                before: now.adding(seconds: -Int(rolloutRetention.components.seconds)), limit: $0)
        }
    }

    private func repeated(_ body: (Int) async throws -> Int) async throws {
        while try await body(Self.portion) == Self.portion { try Task.checkCancellation() }
    }
}
