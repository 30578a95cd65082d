import HTTPTypes
import Postgres
import ServiceKit

extension QueueStore {
    /// Paced pushes that were taken, and when more may be.
    struct PacedPushes: Sendable {
        let pushes: [LeasedPush]
        /// How long until the next may go out; nil when none waits.
        let wait: Duration?
    }

    /// Takes as many of a topic's paced pushes as their pace, which the replicas share, lets go out now.
    func leasePaced(_ topic: DueTopic, atMost count: Int) async throws -> PacedPushes {
        try await database.transaction { transaction in
            // Another replica that holds the row takes them.
            let rows = try await transaction.query(
                """
                SELECT clock_timestamp(), greatest(t.paced_until, clock_timestamp() - interval '1 day')
                FROM push.topics t
                WHERE t.topic = \(Int32(topic.number)) AND push.runs(t.topic, \(topic.revision))
                FOR UPDATE SKIP LOCKED
                """)
            guard let row = rows.first else { return PacedPushes(pushes: [], wait: nil) }
            let (now, usedUntil) = try row.decode(Instant.self, Instant.self)
            let paces = try await paces(topic, atMost: count, in: transaction)
            var pacing = Pacing(usedUntil: usedUntil)
            let amount = pacing.take(paces, at: now)
            let wait = paces.count > amount ? pacing.wait(forPace: paces[amount], at: now) : nil
            guard amount > 0 else { return PacedPushes(pushes: [], wait: wait) }
            let pushes = try await Self.pushes(
                transaction.query(
                    """
                    SELECT token, apns_id, attempts, lease FROM push.take(
                        \(Int32(topic.number)), 1::smallint, \(Int32(amount)), \(leaseDuration.interval)::text::interval)
                    """))
            try await transaction.execute(
                "UPDATE push.topics SET paced_until = \(pacing.usedUntil) WHERE topic = \(Int32(topic.number))")
            return PacedPushes(pushes: pushes, wait: wait)
        }
    }

    private func paces(
        _ topic: DueTopic, atMost count: Int, in transaction: Transaction
    ) async throws(PostgresError) -> [Int] {
        let rows = try await transaction.query(
            """
            SELECT j.pace FROM push.jobs j
            WHERE j.topic = \(Int32(topic.number)) AND j.lane = 1 AND j.due_at <= statement_timestamp()
                AND (j.leased_until IS NULL OR j.leased_until <= statement_timestamp())
            ORDER BY j.due_at LIMIT \(count + 1)
            """)
        var paces: [Int] = []
        for row in rows { paces.append(try row.decode(Int.self)) }
        return paces
    }
}
