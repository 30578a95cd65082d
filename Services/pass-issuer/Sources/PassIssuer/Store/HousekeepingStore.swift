import HTTPTypes
import Postgres
import ServiceKit

/// Deletes what nobody asks for any more.
struct HousekeepingStore: Sendable {
    let database: PostgresPool

    /// Gives up mass updates whose last line came before an instant.
    func abandonUpdates(before instant: Instant) async throws(PostgresError) {
        try await database.execute(
            "UPDATE issuer.rollouts SET state = 'abandoned' WHERE state = 'receiving' AND updated_at < \(instant)")
    }

    /// Deletes some lines of mass updates that will not be treated; how many they were.
    func deleteLines(limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM issuer.pass_updates WHERE ctid = ANY (ARRAY(
                SELECT u.ctid FROM issuer.rollouts r JOIN issuer.pass_updates u ON u.rollout_id = r.id
                WHERE r.state IN ('abandoned', 'failed') LIMIT \(limit)))
            """)
    }

    /// Deletes the positions of rollouts that were superseded, those apart that a replica is at right now.
    func deleteWalks() async throws(PostgresError) {
        try await database.execute(
            """
            DELETE FROM issuer.rollout_walks WHERE rollout_id IN (
                SELECT w.rollout_id FROM issuer.rollout_walks w JOIN issuer.rollouts r ON r.id = w.rollout_id
                WHERE r.state NOT IN ('running', 'paused') FOR UPDATE OF w SKIP LOCKED)
            """)
    }

    /// Deletes some rollouts that ended before an instant, and mass updates that never became one; how many they were.
    func deleteRollouts(before instant: Instant, limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM issuer.rollouts WHERE id IN (
                SELECT id FROM issuer.rollouts r
                WHERE (r.state = 'abandoned' OR r.finished_at < \(instant))
                    AND NOT EXISTS (SELECT FROM issuer.pass_updates u WHERE u.rollout_id = r.id)
                LIMIT \(limit))
            """)
    }
}
