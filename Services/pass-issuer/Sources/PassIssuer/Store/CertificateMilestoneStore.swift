import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Which milestones before their ends certificates have reached, in `issuer.certificate_milestones`.
struct CertificateMilestoneStore: Sendable {
    let database: PostgresPool

    /// Notes that a certificate has reached a milestone.
    /// - Returns: whether it is the first to note it, of all replicas and starts.
    func reach(
        _ milestone: Int, certificate sha256: String, of passType: PassTypeIdentifier, at now: Instant
    ) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            INSERT INTO issuer.certificate_milestones AS m (pass_type_identifier, certificate, milestone, reached_at)
            VALUES (\(passType), \(sha256), \(milestone), \(now))
            ON CONFLICT (pass_type_identifier) DO UPDATE
            SET certificate = excluded.certificate, milestone = excluded.milestone, reached_at = excluded.reached_at
            WHERE m.certificate <> excluded.certificate OR m.milestone > excluded.milestone
            """) == 1
    }
}
