import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// The tags of changed passes, and the pushes that tell devices of them.
struct PassUpdateStore: Sendable {
    let database: PostgresPool
    /// Whoever hands pushes over.
    var pushes = WakeUp()

    /// Stamps passes with a new tag and leaves the pushes in the outbox; an update applied before changes nothing.
    func apply(_ update: PassUpdatesRequest) async throws(PostgresError) -> PassUpdatesAnswer {
        if update.revives == true { try await revive(update) }
        let rows = try await database.query(
            """
            SELECT pass_count, device_count FROM registry.apply_update(
                \(update.updateId.rawValue), \(update.passTypeIdentifier.rawValue),
                \(update.serialNumbers.map(\.rawValue)))
            """)
        let (passes, devices) = try rows.only().decode(Int32.self, Int32.self)
        if devices > 0 { pushes.signal() }
        return PassUpdatesAnswer(passes: Int(passes), devices: Int(devices))
    }

    /// Lets phones register erased passes for good again; before the update is applied, so that a crash repeats both, and
    /// not after it: the pass may have been erased once more, which an older release does not tell apart.
    private func revive(_ update: PassUpdatesRequest) async throws(PostgresError) {
        _ = try await database.query(
            """
            SELECT registry.revive_passes(\(update.passTypeIdentifier.rawValue),
                \(update.serialNumbers.map(\.rawValue)), \(update.version))
            WHERE NOT EXISTS (SELECT FROM registry.pass_updates WHERE update_id = \(update.updateId.rawValue))
            """)
    }

    /// Forgets some of the updates applied before an instant; how many they were.
    func forget(appliedBefore instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM registry.pass_updates WHERE update_id IN (
                SELECT update_id FROM registry.pass_updates
                WHERE applied_at < \(PostgresTimestamp(microseconds: instant.microseconds))
                ORDER BY applied_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }
}
