import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Topics in `push.topics`: where they stand, what waits, and what came of the rest.
struct TopicStore: Sendable {
    let database: PostgresPool

    /// The topics that have a push to send now.
    func due() async throws(PostgresError) -> [DueTopic] {
        let rows = try await database.query(
            "SELECT topic, pass_type_identifier, revision, is_probe FROM push.due_topics()")
        var topics: [DueTopic] = []
        for row in rows {
            let (number, passType, revision, isProbe) = try row.decode(
                Int.self, PassTypeIdentifier.self, Int.self, Bool.self)
            topics.append(
                DueTopic(number: number, passTypeIdentifier: passType, revision: revision, isProbe: isProbe))
        }
        return topics
    }

    /// The topics behind a pass type, in order: those that can send, and those whose pushes wait.
    func topics(after passType: String, limit: Int) async throws(PostgresError) -> [TopicRecord] {
        try await Self.records(
            database.query(
                """
                SELECT t.topic, t.pass_type_identifier, t.paused_at IS NOT NULL, t.stopped_at IS NOT NULL,
                    t.opened_at IS NOT NULL, c.topic IS NOT NULL, t.last_error, c.certificate_not_after
                FROM push.topics t LEFT JOIN push.credentials c ON c.topic = t.topic
                WHERE t.pass_type_identifier > \(passType)
                    AND (c.topic IS NOT NULL OR EXISTS (SELECT FROM push.jobs j WHERE j.topic = t.topic))
                ORDER BY t.pass_type_identifier LIMIT \(limit)
                """))
    }

    /// A topic by its pass type.
    func topic(_ passType: PassTypeIdentifier) async throws(PostgresError) -> TopicRecord? {
        try await Self.records(
            database.query(
                """
                SELECT t.topic, t.pass_type_identifier, t.paused_at IS NOT NULL, t.stopped_at IS NOT NULL,
                    t.opened_at IS NOT NULL, c.topic IS NOT NULL, t.last_error, c.certificate_not_after
                FROM push.topics t LEFT JOIN push.credentials c ON c.topic = t.topic
                WHERE t.pass_type_identifier = \(passType)
                """)
        ).first
    }

    /// What stands in the queues of topics.
    func queues(of topics: [TopicRecord]) async throws(PostgresError) -> [Int: TopicQueue] {
        // A push that was pushed for again while it is on its way is one of each.
        let rows = try await database.query(
            """
            SELECT j.topic,
                count(*) FILTER (WHERE j.leased_until IS NULL OR j.leased_until <= clock_timestamp())
                    + count(j.again_at) FILTER (WHERE j.leased_until > clock_timestamp()),
                count(*) FILTER (WHERE j.leased_until > clock_timestamp()),
                least(
                    min(j.queued_at) FILTER (WHERE j.leased_until IS NULL OR j.leased_until <= clock_timestamp()),
                    min(j.again_at) FILTER (WHERE j.leased_until > clock_timestamp()))
            FROM push.jobs j WHERE j.topic = ANY (\(topics.map { Int32($0.number) })) GROUP BY j.topic
            """)
        var queues: [Int: TopicQueue] = [:]
        for row in rows {
            let (number, waiting, inFlight, oldest) = try row.decode(Int.self, Int.self, Int.self, Instant?.self)
            queues[number] = TopicQueue(waiting: waiting, inFlight: inFlight, oldestQueuedAt: oldest)
        }
        return queues
    }

    /// What APNs answered to topics' pushes.
    func tallies(of topics: [TopicRecord]) async throws(PostgresError) -> [Int: TopicTally] {
        let rows = try await database.query(
            """
            SELECT t.topic, t.outcome = 'accepted', t.reason, sum(t.count) FROM push.tallies t
            WHERE t.topic = ANY (\(topics.map { Int32($0.number) })) GROUP BY 1, 2, 3
            """)
        var tallies: [Int: TopicTally] = [:]
        for row in rows {
            let (number, isAccepted, reason, count) = try row.decode(Int.self, Bool.self, String.self, Int.self)
            if isAccepted {
                tallies[number, default: TopicTally()].accepted += count
            } else {
                tallies[number, default: TopicTally()].refusals[reason, default: 0] += count
            }
        }
        return tallies
    }

    private static func records(_ rows: [Row]) throws(PostgresError) -> [TopicRecord] {
        var records: [TopicRecord] = []
        for row in rows {
            let (number, passType, isPaused, isStopped, isOpen, hasCredentials, lastError, notAfter) = try row.decode(
                Int.self, PassTypeIdentifier.self, Bool.self, Bool.self, Bool.self, Bool.self, String?.self,
                Instant?.self)
            records.append(
                TopicRecord(
                    number: number, passTypeIdentifier: passType, isPaused: isPaused, isStopped: isStopped,
                    isOpen: isOpen, hasCredentials: hasCredentials, lastError: lastError, certificateNotAfter: notAfter)
            )
        }
        return records
    }
}
