import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// A callback, and the issuer account whose it is.
struct BelievedCallback: Sendable {
    let message: CallbackMessage
    let issuer: GoogleIssuerID
}

/// Callbacks that were believed, in `google.callbacks`.
struct CallbackStore: Sendable {
    let database: PostgresPool

    private let records: StatementBatches<BelievedCallback, Bool>

    init(database: PostgresPool) {
        self.database = database
        records = StatementBatches { (callbacks) throws(PostgresError) in
            try await Self.record(callbacks, in: database)
        }
    }

    /// Records what a callback says, once however often it comes.
    /// - Returns: false when its nonce was seen before.
    func record(_ message: CallbackMessage, of issuer: GoogleIssuerID) async throws(PostgresError) -> Bool {
        try await records(BelievedCallback(message: message, issuer: issuer))
    }

    /// Forgets some of the callbacks that would be refused as expired by now; how many they were.
    func forget(expiredBefore instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM google.callbacks WHERE (issuer_id, nonce) IN (
                SELECT issuer_id, nonce FROM google.callbacks
                WHERE expires_at < \(instant) ORDER BY expires_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }
}
