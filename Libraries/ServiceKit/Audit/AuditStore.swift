import HTTPTypes
import JSON
import Postgres

/// What administrators did, in `audit_log` of a service's own schema; the schema lets nobody change what stands there.
public struct AuditStore: Sendable {
    private let database: PostgresPool
    private let schema: String

    /// The audit log of a schema.
    public init(database: PostgresPool, schema: String) {
        self.database = database
        self.schema = schema
    }

    /// Writes an entry down; where it stands.
    func begin(_ entry: AuditEntry) async throws(PostgresError) -> Int64 {
        try await database.query(Self.insertion(of: entry, schema)).only().decode(Int64.self)
    }

    /// Writes an entry down with what it tells of.
    public func insert(_ entry: AuditEntry, in transaction: Transaction) async throws(PostgresError) {
        _ = try await transaction.query(Self.insertion(of: entry, schema))
    }

    private static func insertion(of entry: AuditEntry, _ schema: String) -> SQL {
        let ids = StoredJSON(JSONObject(entry.ids.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        return """
            INSERT INTO \(identifier: schema).audit_log (at, actor, method, route, ids, status, request_id)
            VALUES (\(entry.at), \(entry.actor), \(entry.method), \(entry.route), \(ids), \(entry.status),
                \(entry.requestId))
            RETURNING position
            """
    }

    /// Adds how an action ended.
    func end(_ position: Int64, status: Int) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE \(identifier: schema).audit_log SET status = \(status)
            WHERE position = \(position) AND status IS NULL
            """)
    }

    /// Reads the newest entries of a filter, one more than asked for when there are more.
    ///
    /// What is not asked for is no part of the statement, so that each has the plan that an index makes short.
    static func selection(_ filter: AuditFilter, _ schema: String) -> SQL {
        func unless(_ isAskedFor: Bool) -> StaticString { isAskedFor ? "" : "true OR" }
        return """
            SELECT position, at, actor, method, route, ids, status, request_id FROM \(identifier: schema).audit_log
            WHERE (\(unescaped: unless(filter.before != nil))
                    (at, position) < (\(filter.before?.at), \(filter.before?.number)))
                AND (\(unescaped: unless(filter.actor != nil)) actor = \(filter.actor))
                AND (\(unescaped: unless(filter.route != nil)) route = \(filter.route))
                AND (\(unescaped: unless(filter.from != nil)) at >= \(filter.from))
                AND (\(unescaped: unless(filter.to != nil)) at < \(filter.to))
            ORDER BY at DESC, position DESC LIMIT \(filter.limit + 1)
            """
    }

    /// The newest entries of a filter, one more than asked for when there are more.
    func entries(_ filter: AuditFilter) async throws(PostgresError) -> [(position: AuditPosition, entry: AuditEntry)] {
        let rows = try await database.query(Self.selection(filter, schema))
        var entries: [(position: AuditPosition, entry: AuditEntry)] = []
        for row in rows {
            let (position, at, actor, method, route, ids, status, requestID) = try row.decode(
                Int64.self, Instant.self, String.self, String.self, String.self, StoredJSON.self, Int?.self,
                String.self)
            let texts = ids.object.compactMap { key, value in value.stringValue.map { (key, $0) } }
            entries.append(
                (
                    AuditPosition(at: at, number: position),
                    AuditEntry(
                        at: at, actor: actor, method: method, route: route,
                        ids: Dictionary(texts) { first, _ in first }, status: status, requestId: requestID)
                ))
        }
        return entries
    }

    /// Forgets some of the entries before an instant; how many they were.
    func forget(before instant: Instant, limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM \(identifier: schema).audit_log WHERE position IN (
                SELECT position FROM \(identifier: schema).audit_log WHERE at < \(instant)
                ORDER BY at LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            """)
    }
}
