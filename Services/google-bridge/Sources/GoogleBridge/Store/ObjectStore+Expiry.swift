import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Passes whose time has come.
extension ObjectStore {
    /// Marks some of the passes that have expired by an instant, and puts them into the queue: each once, however many
    /// replicas do this at the same time.
    /// - Returns: how many there were.
    func expire(by now: Instant, atMost limit: Int) async throws -> Int {
        try await database.transaction { transaction in
            let rows = try await transaction.query(
                """
                SELECT o.object_id, r.issuer_id, r.is_at_google, r.wanted, r.sent
                FROM google.objects o JOIN google.resources r ON r.level = 'object' AND r.resource_id = o.object_id
                WHERE o.expires_at <= \(now)
                ORDER BY o.expires_at, o.serial_number LIMIT \(limit) FOR UPDATE OF o, r SKIP LOCKED
                """)
            var ids: [String] = []
            var bodies: [StoredJSON] = []
            var sent: [StoredJSON] = []
            var pending: [ResourceStore.Pending] = []
            for row in rows {
                let (id, issuer, isAtGoogle, wanted, old) = try row.decode(
                    String.self, GoogleIssuerID.self, Bool.self, StoredJSON.self, StoredJSON?.self)
                var body = wanted.object
                body["state"] = "EXPIRED"
                ids.append(id)
                bodies.append(StoredJSON(body))
                sent.append(StoredJSON(ObjectDecision.union((old ?? wanted).object, body)))
                pending.append(.init(id: .object(id), issuer: issuer, isAtGoogle: isAtGoogle))
            }
            guard !ids.isEmpty else { return 0 }
            try await transaction.execute(
                "UPDATE google.objects SET expires_at = NULL, updated_at = now() WHERE object_id = ANY (\(ids))")
            try await transaction.execute(
                """
                UPDATE google.resources r SET wanted = n.wanted, sent = n.sent, state = 'pending',
                    revision = nextval('google.resource_revisions')
                FROM unnest(\(ids), \(bodies), \(sent)) AS n (resource_id, wanted, sent)
                WHERE r.level = 'object' AND r.resource_id = n.resource_id
                """)
            try await ResourceStore.enqueue(pending, as: .change, in: transaction)
            return ids.count
        }
    }
}
