import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// When each issuer account may call Google next, shared by all replicas.
struct PaceStore: Sendable {
    let database: PostgresPool

    /// Reserves places in an issuer's row of calls, one behind the other at an interval.
    ///
    /// - Parameter horizon: how far ahead the first of them may be.
    /// - Returns: how many seconds from now it is; nil when it would be later, and nothing is reserved.
    func reserve(
        _ count: Int, for issuer: GoogleIssuerID, every interval: Double, within horizon: Double
    ) async throws(PostgresError) -> Double? {
        // clock_timestamp(), not now(): whoever waited for the row reads the time after that.
        try await database.query(
            """
            INSERT INTO google.paces AS p (issuer_id, next_call_at)
            VALUES (\(issuer), clock_timestamp() + \(count) * \(interval) * interval '1 second')
            ON CONFLICT (issuer_id) DO UPDATE
            SET next_call_at = greatest(p.next_call_at, clock_timestamp())
                + \(count) * \(interval) * interval '1 second'
            WHERE p.next_call_at <= clock_timestamp() + \(horizon) * interval '1 second'
            RETURNING greatest(0, EXTRACT(epoch FROM next_call_at - clock_timestamp()) - \(count) * \(interval))::float8
            """
        ).first?.decode(Double.self)
    }

    /// Lets nobody call for an issuer before so many seconds have passed.
    func pause(_ issuer: GoogleIssuerID, seconds: Int) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO google.paces AS p (issuer_id, next_call_at)
            VALUES (\(issuer), clock_timestamp() + \(seconds) * interval '1 second')
            ON CONFLICT (issuer_id) DO UPDATE SET next_call_at = greatest(p.next_call_at, excluded.next_call_at)
            """)
    }
}
