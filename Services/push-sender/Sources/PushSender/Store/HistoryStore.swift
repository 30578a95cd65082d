import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// What became of pushes: `push.results` by token, `push.tallies` by day.
struct HistoryStore: Sendable {
    let database: PostgresPool

    /// How many results make the newest 1,000 events: each is two, a queued push and its end.
    private static let results = 500

    /// The pushes to a token, of one topic or of all, the newest ones in any order.
    func pushes(
        to token: PushToken, passType: PassTypeIdentifier?
    ) async throws(PostgresError) -> [PushHistory] {
        let rows = try await database.query(
            """
            SELECT h.queued_at, h.at, h.attempts, h.apns_id, h.reason, h.is_waiting
            FROM (
                (SELECT r.topic, r.queued_at, r.at, r.attempts, r.apns_id::text, r.reason, false AS is_waiting
                 FROM push.results r
                 WHERE r.token = decode(\(token), 'hex')
                    AND r.topic IN (SELECT t.topic FROM push.topics t
                        WHERE \(passType)::text IS NULL OR t.pass_type_identifier = \(passType))
                 ORDER BY r.at DESC LIMIT \(Self.results))
                UNION ALL
                SELECT j.topic, q.queued_at, NULL, q.attempts, j.apns_id::text, q.fault, true
                FROM push.topics t
                JOIN push.jobs j ON j.topic = t.topic AND j.token = decode(\(token), 'hex')
                CROSS JOIN LATERAL (VALUES
                    (j.queued_at, j.attempts, j.last_fault), (j.again_at, 0, NULL)) AS q (queued_at, attempts, fault)
                WHERE q.queued_at IS NOT NULL
                    AND (\(passType)::text IS NULL OR t.pass_type_identifier = \(passType))
            ) h
            """)
        var pushes: [PushHistory] = []
        for row in rows {
            let (queuedAt, at, attempts, apnsID, reason, isWaiting) = try row.decode(
                Instant.self, Instant?.self, Int.self, String.self, String?.self, Bool.self)
            pushes.append(
                PushHistory(
                    queuedAt: queuedAt, endedAt: isWaiting ? nil : at, attempts: attempts, apnsID: apnsID,
                    reason: reason))
        }
        return pushes
    }

    /// What APNs took and refused for good, by day.
    func days(from: String, to: String) async throws(PostgresError) -> [ActivityDay] {
        let rows = try await database.query(
            """
            SELECT t.day::text, coalesce(sum(t.count) FILTER (WHERE t.outcome = 'accepted'), 0),
                coalesce(sum(t.count) FILTER (WHERE t.outcome = 'rejected'), 0)
            FROM push.tallies t
            WHERE t.day BETWEEN \(from)::text::date AND \(to)::text::date AND t.outcome IN ('accepted', 'rejected')
            GROUP BY t.day ORDER BY t.day
            """)
        var days: [ActivityDay] = []
        for row in rows {
            let (date, accepted, rejected) = try row.decode(String.self, Int.self, Int.self)
            days.append(ActivityDay(date: date, pushesAccepted: accepted, pushesRejected: rejected))
        }
        return days
    }
}
