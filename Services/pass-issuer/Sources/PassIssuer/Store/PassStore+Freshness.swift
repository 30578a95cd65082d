import Contracts
import HTTPTypes
import Postgres
import ServiceKit

extension PassStore {
    /// The Last-Modified of each package that is the newest of its pass, in their order; nil for all others.
    ///
    /// One whose campaign has a newer version is none of them, whether that shows on it or not: fetching it decides.
    func newestPackages(among known: [KnownPackage]) async throws(PostgresError) -> [Instant?] {
        // Looked up one by one: a plan for a list could read whole tables, made while they were small.
        let rows = try await database.query(
            """
            SELECT asked.position, p.last_modified
            FROM unnest(\(anyLength: known.map(\.serialNumber)), \(anyLength: known.map(\.passTypeIdentifier)),
                \(anyLength: known.map(\.ifModifiedSince.wholeSeconds))) WITH ORDINALITY
                AS asked (serial_number, pass_type_identifier, known_since, position)
            CROSS JOIN LATERAL (
                SELECT s.campaign_id, s.campaign_version, s.last_modified
                FROM issuer.passes s WHERE s.serial_number = asked.serial_number LIMIT 1
            ) p
            CROSS JOIN LATERAL (
                SELECT FROM issuer.campaigns c JOIN issuer.wallet_configurations w ON w.id = c.wallet_configuration_id
                WHERE c.id = p.campaign_id AND c.current_version = p.campaign_version
                    AND w.pass_type_identifier = asked.pass_type_identifier LIMIT 1
            ) c
            WHERE p.last_modified <= asked.known_since
            """)
        var newest = [Instant?](repeating: nil, count: known.count)
        for row in rows {
            let (position, lastModified) = try row.decode(Int.self, Int.self)
            newest[position - 1] = Instant(seconds: lastModified)
        }
        return newest
    }
}
