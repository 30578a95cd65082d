import HTTPTypes
import Postgres
import ServiceKit

/// Keeps the tables that only grow within their bounds, and makes room for the days to come.
struct Housekeeping: Sendable {
    // Small enough that each statement is over at once and holds nobody up.
    private static let batch = 2_000
    /// APNs itself keeps a push no longer for a phone that is off.
    private static let orphanage = 30 * 86_400

    let store: HousekeepingStore
    let resultRetention: Duration
    let deliveryRetention: Duration
    let logger: Logger

    /// Makes room for today's results.
    func prepare() async {
        do {
            try await store.rollResults(today: .now(), keepingFrom: before(resultRetention, .now()))
        } catch {
            // They are kept in another place then.
            logger.warning("There is no place for today's results yet.", ["error": "\(error)"])
        }
    }

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

    /// Does all that is to be done at an instant.
    func sweep(at now: Instant) async throws {
        try await store.rollResults(today: now, keepingFrom: before(resultRetention, now))
        try await store.forgetAnswers(before: now.adding(seconds: -2 * Breaker.windowSeconds))
        while try await store.forgetDeliveries(before: before(deliveryRetention, now), atMost: Self.batch) == Self.batch
        {}
        var givenUp = 0
        while true {
            let count = try await store.giveUpOrphans(
                queuedBefore: now.adding(seconds: -Self.orphanage), atMost: Self.batch)
            givenUp += count
            if count < Self.batch { break }
        }
        if givenUp > 0 {
            logger.error(
                "Pushes were given up: their pass types have had no credentials for 30 days.", ["pushes": "\(givenUp)"])
        }
    }

    private func before(_ age: Duration, _ now: Instant) -> Instant {
        now.adding(seconds: -Int(age.components.seconds))
    }
}
