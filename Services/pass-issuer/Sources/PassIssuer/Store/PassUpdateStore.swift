import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// The lines of mass updates, in `issuer.pass_updates`, from their receipt until they are treated.
struct PassUpdateStore: Sendable {
    let database: PostgresPool
    var signals = WorkSignals()

    /// Begins to receive a mass update; it is no rollout yet.
    func begin(ratePerSecond: Int?, at now: Instant) async throws(PostgresError) -> RolloutID? {
        try await database.query(
            """
            INSERT INTO issuer.rollouts (cause, state, total, rate_per_second, started_at, paced_at, updated_at)
            VALUES ('passUpdates', 'receiving', 0, \(ratePerSecond), \(now), \(now), \(now)) RETURNING id
            """
        ).first?.decode(RolloutID.self)
    }

    /// Keeps some of its lines.
    func append(
        _ updates: [StoredPassUpdate], to rollout: RolloutID, at now: Instant, in transaction: Transaction
    ) async throws {
        let patches = try updates.map { StoredJSON(try JSON.encodeToValue($0.patch)) }
        try await transaction.execute(
            """
            INSERT INTO issuer.pass_updates (rollout_id, line, serial_number, patch)
            SELECT \(rollout), * FROM unnest(\(updates.map(\.line))::bigint[], \(updates.map(\.serialNumber))::text[],
                \(patches)::json[])
            """)
        try await transaction.execute("UPDATE issuer.rollouts SET updated_at = \(now) WHERE id = \(rollout)")
    }

    /// Makes a received mass update a rollout.
    /// - Returns: false when it took so long that it was given up.
    func start(
        _ rollout: RolloutID, total: Int, failed: Int, at now: Instant
    ) async throws(PostgresError) -> Bool {
        let walks = try await database.query(
            """
            WITH started AS (
                UPDATE issuer.rollouts
                SET state = 'running', total = \(total), failed = \(failed), paced_at = \(now), paced_treated = \(failed),
                    updated_at = \(now)
                WHERE id = \(rollout) AND state = 'receiving' RETURNING id
            )
            INSERT INTO issuer.rollout_walks (rollout_id, next_batch_at)
            SELECT id, clock_timestamp() FROM started RETURNING rollout_id
            """)
        if !walks.isEmpty { signals.rollouts.signal() }
        return !walks.isEmpty
    }

    /// The lines behind one, in order.
    func updates(
        of rollout: RolloutID, after line: Int, limit: Int, in transaction: Transaction
    ) async throws -> [StoredPassUpdate] {
        try await transaction.query(
            """
            SELECT line, serial_number, patch FROM issuer.pass_updates
            WHERE rollout_id = \(rollout) AND line > \(line) ORDER BY line LIMIT \(limit)
            """
        ).map { row in
            let (line, serialNumber, patch) = try row.decode(Int.self, SerialNumber.self, JSONValue.self)
            return StoredPassUpdate(
                line: line, serialNumber: serialNumber, patch: try JSON.decode(PassPatch.self, from: patch))
        }
    }

    /// Removes lines that were treated.
    func delete(
        of rollout: RolloutID, through line: Int, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            "DELETE FROM issuer.pass_updates WHERE rollout_id = \(rollout) AND line <= \(line)")
    }
}
