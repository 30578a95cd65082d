import Contracts
import HTTPTypes
import Postgres

/// Pushes that push-sender has not been told of, in `registry.outbox`.
struct OutboxStore: Sendable {
    let database: PostgresPool

    /// Rows that are looked at in one go.
    private static let rows = 1_000
    /// Tokens that are taken in one go, as long as one row is: what a replica holds in memory.
    static let maximumTokens = 40_000
    /// A row of more tokens goes alone. Joined ones stay below 10,000: half of it, and the row that went beyond.
    private static let joinedTokens = 5_000

    /// Takes due pushes for a while: until the lease is over no other replica takes them, and a crash gives them back.
    ///
    /// Small rows of one pass type that nobody took before become one row, each token once. From then on it stays as it
    /// is, so that what is sent again under its id is the same.
    func lease(for seconds: Int) async throws(PostgresError) -> [OutboxPush] {
        let rows = try await database.query(
            """
            WITH due AS (
                SELECT o.position, o.next_attempt_at, o.pass_type_identifier, o.token_count,
                    o.attempts = 0 AND o.token_count < \(Self.joinedTokens) AS is_joined
                FROM registry.outbox o WHERE o.next_attempt_at <= now()
                ORDER BY o.next_attempt_at, o.position LIMIT \(Self.rows) FOR UPDATE SKIP LOCKED
            ), counted AS (
                SELECT d.*, sum(d.token_count) OVER (ORDER BY d.next_attempt_at, d.position) AS tokens,
                    sum(d.token_count) FILTER (WHERE d.is_joined) OVER (
                        PARTITION BY d.pass_type_identifier ORDER BY d.position) / \(Self.joinedTokens) AS part
                FROM due d
            ), taken AS (
                SELECT c.position, CASE WHEN c.is_joined THEN min(c.position) OVER (
                    PARTITION BY c.pass_type_identifier, c.is_joined, c.part) ELSE c.position END AS head
                FROM counted c WHERE c.tokens - c.token_count < \(Self.maximumTokens)
            ), joined AS (
                SELECT t.head, array_agg(DISTINCT token.text) AS push_tokens
                FROM taken t
                JOIN registry.outbox o ON o.position = t.position
                CROSS JOIN LATERAL unnest(o.push_tokens) AS token (text)
                GROUP BY t.head HAVING count(DISTINCT t.position) > 1
            ), gone AS (
                DELETE FROM registry.outbox o USING taken t WHERE o.position = t.position AND t.head <> t.position
            )
            UPDATE registry.outbox o SET attempts = o.attempts + 1,
                next_attempt_at = now() + \(seconds) * interval '1 second',
                push_tokens = coalesce(
                    (SELECT j.push_tokens FROM joined j WHERE j.head = o.position), o.push_tokens)
            FROM taken t WHERE o.position = t.position AND t.head = t.position
            RETURNING o.position, o.push_id::text AS push_id, o.pass_type_identifier, o.push_tokens, o.attempts
            """)
        var pushes: [OutboxPush] = []
        for row in rows { pushes.append(try Self.push(row)) }
        return pushes
    }

    private static func push(_ row: Row) throws(PostgresError) -> OutboxPush {
        OutboxPush(
            position: try row.decode("position"), pushID: try row.identifier("push_id"),
            passTypeIdentifier: try row.identifier("pass_type_identifier"),
            // A token that none of our own registrations can have is nothing that APNs could be asked about.
            pushTokens: try row.decode("push_tokens", as: [String].self).compactMap(PushToken.init(rawValue:)),
            attempts: try row.decode("attempts"))
    }

    /// Removes pushes that push-sender has.
    func delivered(_ position: Int64) async throws(PostgresError) {
        try await database.execute("DELETE FROM registry.outbox WHERE position = \(position)")
    }

    /// Keeps pushes for another attempt.
    func failed(_ position: Int64, retryAfterMilliseconds: Int) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE registry.outbox SET next_attempt_at = now() + \(retryAfterMilliseconds) * interval '1 millisecond'
            WHERE position = \(position)
            """)
    }

    /// What waits.
    func backlog() async throws(PostgresError) -> OutboxBacklog {
        let rows = try await database.query(
            """
            SELECT count(*), coalesce(sum(token_count), 0)::bigint,
                coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
            FROM registry.outbox
            """)
        let (messages, tokens, seconds) = try rows.only().decode(Int.self, Int.self, Double.self)
        return OutboxBacklog(messages: messages, pushTokens: tokens, oldestSeconds: seconds)
    }
}
