import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Deletes what is known of persons from `google.objects` and what belongs to it.
struct ObjectErasureStore: Sendable {
    let database: PostgresPool

    /// Leaves of passes what brings their objects at Google to where they shall be, and nothing else.
    /// - Parameter emptied: the versions whose content holds nothing of a person; an older one is emptied here.
    func strip(_ serialNumbers: [SerialNumber], emptied: [SerialNumber: Int]) async throws {
        try await database.transaction { transaction in
            let rows = try await transaction.query(
                """
                SELECT o.serial_number, o.object_id, o.version, r.issuer_id, r.is_at_google, r.wanted, r.sent,
                    r.state = 'failed' AND NOT EXISTS (SELECT FROM google.operations w
                        WHERE w.level = 'object' AND w.resource_id = o.object_id AND w.message IS NULL
                            AND w.state <> 'done')
                FROM google.objects o
                LEFT JOIN google.resources r ON r.level = 'object' AND r.resource_id = o.object_id
                WHERE o.serial_number = ANY (\(serialNumbers))
                ORDER BY o.serial_number FOR UPDATE OF o
                """)
            var ids: [String] = []
            var foreign: [String] = []
            var pending: [ResourceStore.Pending] = []
            for row in rows {
                let (serialNumber, id, version, issuer, isAtGoogle, wanted, sent, isGivenUp) = try row.decode(
                    SerialNumber.self, String.self, Int.self, GoogleIssuerID?.self, Bool?.self, StoredJSON?.self,
                    StoredJSON?.self, Bool?.self)
                ids.append(id)
                let isEmptied = emptied[serialNumber].map { version >= $0 } ?? false
                if !isEmptied { foreign.append(id) }
                guard let issuer, let isAtGoogle, let wanted = wanted?.object else { continue }
                let changes = try await Self.blank(
                    id, wanted, sent?.object, isEmptied: isEmptied, in: transaction)
                // What Google refused so long ago that nobody can have it tried again is tried again here.
                if isGivenUp == true { try await ResourceStore.again([.object(id)], in: transaction) }
                if changes || isGivenUp == true {
                    pending.append(.init(id: .object(id), issuer: issuer, isAtGoogle: isAtGoogle))
                }
            }
            try await ResourceStore.enqueue(pending, as: .change, in: transaction)
            try await Self.deleteTraces(of: ids, in: transaction)
            try await transaction.execute(
                "UPDATE google.objects SET request = NULL WHERE object_id = ANY (\(foreign))")
        }
    }

    /// Empties what an object shall be, and what is remembered of it.
    /// - Returns: whether Google must be told.
    private static func blank(
        _ id: String, _ wanted: JSONObject, _ sent: JSONObject?, isEmptied: Bool, in transaction: Transaction
    ) async throws(PostgresError) -> Bool {
        let next = isEmptied ? wanted : BlankedResource.object(wanted)
        let reduced = (isEmptied ? sent : sent ?? wanted).map { BlankedResource.sent($0, wanted: next) }
        guard next != wanted || reduced != sent else { return false }
        let revises = next != wanted
        try await transaction.execute(
            """
            UPDATE google.resources SET wanted = \(StoredJSON(next)), sent = \(reduced.map { StoredJSON($0) }),
                state = CASE WHEN \(revises) THEN 'pending' ELSE state END, error = NULL,
                revision = CASE WHEN \(revises) THEN nextval('google.resource_revisions') ELSE revision END
            WHERE level = 'object' AND resource_id = \(id)
            """)
        return revises
    }

    /// Messages hold values, and what Google said of an earlier content may quote them.
    private static func deleteTraces(of ids: [String], in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            DELETE FROM google.operations
            WHERE level = 'object' AND resource_id = ANY (\(ids)) AND (message IS NOT NULL OR state = 'done')
            """)
        try await transaction.execute("DELETE FROM google.events WHERE object_id = ANY (\(ids))")
    }

    /// How many of the objects Google has not taken yet.
    func remaining(of serialNumbers: [SerialNumber]) async throws(PostgresError) -> Int {
        try await database.query(
            """
            SELECT count(*) FROM google.objects o
            JOIN google.resources r ON r.level = 'object' AND r.resource_id = o.object_id
            WHERE o.serial_number = ANY (\(serialNumbers)) AND r.state <> 'ready'
            """
        ).only().decode(Int.self)
    }

    /// Puts a smaller content in the place of the one that a variant of a class was made of, unless it is another by now.
    func reduce(_ id: String, from old: JSONObject, to reduced: JSONValue) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE google.resources SET variant = \(StoredJSON(reduced))
            WHERE level = 'class' AND resource_id = \(id) AND variant::jsonb = \(StoredJSON(old))::jsonb
            """)
    }
}
