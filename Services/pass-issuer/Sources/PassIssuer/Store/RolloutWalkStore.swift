import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// How far rollouts are, in `issuer.rollout_walks`. Whoever holds the row of one treats its next batch.
struct RolloutWalkStore: Sendable {
    let database: PostgresPool

    /// The rollout was superseded while a batch of it was treated; the batch must not count.
    struct Ended: Error {}

    /// Whether a batch is due, as far as can be told without holding its row.
    func isAnyDue() async throws(PostgresError) -> Bool {
        try await !database.query(Self.due(lock: "")).isEmpty
    }

    /// Takes the rollout whose batch has been due for longest and is held by nobody, until the transaction ends.
    ///
    /// While much waits for device-registry already, none is taken.
    func take(in transaction: Transaction) async throws(PostgresError) -> RolloutWalk? {
        let row = try await transaction.query(Self.due(lock: "FOR UPDATE OF w SKIP LOCKED")).first
        guard let row else { return nil }
        let (rollout, cause, campaign, version, rate, late, position, faults) = try row.decode(
            RolloutID.self, RolloutCause.self, CampaignID?.self, Int?.self, Int?.self, Int.self, String.self, Int.self)
        return RolloutWalk(
            rollout: rollout, cause: cause, campaign: campaign, campaignVersion: version, ratePerSecond: rate,
            lateMilliseconds: late, position: position, faults: faults)
    }

    private static func due(lock: StaticString) -> SQL {
        """
        SELECT r.id, r.cause, r.campaign_id, r.campaign_version, r.rate_per_second,
            floor(extract(epoch FROM clock_timestamp() - greatest(w.next_batch_at, r.paced_at)) * 1000)::bigint,
            w.position, w.faults
        FROM issuer.rollout_walks w JOIN issuer.rollouts r ON r.id = w.rollout_id
        WHERE r.state = 'running' AND w.next_batch_at <= statement_timestamp()
            AND (SELECT count(*) FROM (SELECT FROM issuer.messages
                WHERE destination = 'device-registry' AND is_bulk LIMIT \(RolloutPace.largestBacklog)) AS waiting)
                < \(RolloutPace.largestBacklog)
        ORDER BY w.next_batch_at LIMIT 1 \(unescaped: lock)
        """
    }

    /// Writes down what a batch came to, and where the next one begins.
    /// - Parameter isLast: whether the rollout is done. Of a campaign's change, those that others brought to the new
    ///   version before the walk came to them count as notified then: whoever did it told their phones.
    /// - Throws: ``Ended`` when the rollout was superseded meanwhile.
    func finish(
        _ walk: RolloutWalk, _ tally: RolloutTally, position: String, isLast: Bool, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await insert(tally.errors, of: walk.rollout, in: transaction)
        let updated = try await transaction.execute(
            """
            UPDATE issuer.rollouts
            SET unchanged = unchanged + \(tally.unchanged), failed = failed + \(tally.failed), updated_at = \(now),
                notified = CASE WHEN \(isLast) AND cause = 'campaignChanged'
                    THEN greatest(notified + \(tally.notified),
                        total - unchanged - \(tally.unchanged) - failed - \(tally.failed))
                    ELSE notified + \(tally.notified) END,
                state = CASE WHEN \(isLast) THEN 'done' ELSE state END,
                finished_at = CASE WHEN \(isLast) THEN \(now)::timestamptz END
            WHERE id = \(walk.rollout) AND state IN ('running', 'paused')
            """)
        guard updated == 1 else { throw Ended() }
        if isLast {
            try await transaction.execute("DELETE FROM issuer.rollout_walks WHERE rollout_id = \(walk.rollout)")
            return
        }
        let delay = RolloutPace.delayMicroseconds(treated: tally.treated, ratePerSecond: walk.ratePerSecond)
        let credit = RolloutPace.creditMilliseconds(ratePerSecond: walk.ratePerSecond)
        try await transaction.execute(
            """
            UPDATE issuer.rollout_walks w
            SET position = \(position), faults = 0,
                next_batch_at = CASE WHEN \(delay) = 0 THEN clock_timestamp()
                    ELSE greatest(w.next_batch_at, r.paced_at,
                            clock_timestamp() - \(credit) * interval '1 millisecond')
                        + \(delay) * interval '1 microsecond' END
            FROM issuer.rollouts r
            WHERE w.rollout_id = \(walk.rollout) AND r.id = w.rollout_id
            """)
    }

    /// Puts off the next batch after one that came to nothing.
    func postpone(_ walk: RolloutWalk, byMilliseconds milliseconds: Int) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE issuer.rollout_walks
            SET faults = faults + 1, next_batch_at = clock_timestamp() + \(milliseconds) * interval '1 millisecond'
            WHERE rollout_id = \(walk.rollout) AND position = \(walk.position)
            """)
    }

    /// Ends a rollout that can't go on.
    func fail(_ walk: RolloutWalk, reason: String, at now: Instant) async throws {
        try await database.transaction { transaction in
            try await insert([RolloutError(reason: reason)], of: walk.rollout, in: transaction)
            try await transaction.execute(
                """
                UPDATE issuer.rollouts SET state = 'failed', finished_at = \(now), updated_at = \(now)
                WHERE id = \(walk.rollout) AND state IN ('running', 'paused')
                """)
            try await transaction.execute("DELETE FROM issuer.rollout_walks WHERE rollout_id = \(walk.rollout)")
        }
    }

    /// Keeps faults while there are not too many of them.
    func insert(
        _ errors: [RolloutError], of rollout: RolloutID, in transaction: Transaction
    ) async throws(PostgresError) {
        if errors.isEmpty { return }
        try await transaction.execute(
            """
            INSERT INTO issuer.rollout_errors (rollout_id, number, line, serial_number, reason)
            SELECT \(rollout), kept.count + e.number, e.line, e.serial_number, e.reason
            FROM unnest(\(errors.map(\.line))::bigint[], \(errors.map(\.serialNumber))::text[],
                    \(errors.map(\.reason))::text[]) WITH ORDINALITY AS e (line, serial_number, reason, number),
                (SELECT count(*) FROM issuer.rollout_errors WHERE rollout_id = \(rollout)) AS kept
            WHERE kept.count + e.number <= \(RolloutTally.maximumErrors)
            """)
    }

    /// Writes down the campaigns whose passes a rollout changed.
    func insert(
        _ campaigns: Set<CampaignID>, of rollout: RolloutID, in transaction: Transaction
    ) async throws(PostgresError) {
        if campaigns.isEmpty { return }
        try await transaction.execute(
            """
            INSERT INTO issuer.rollout_campaigns (rollout_id, campaign_id)
            SELECT \(rollout), campaign FROM unnest(\(campaigns.sorted())::text[]) AS campaign
            ON CONFLICT (campaign_id, rollout_id) DO NOTHING
            """)
    }
}
