import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Keys that wait for their certificate, in `issuer.signing_requests`.
struct SigningRequestStore: Sendable {
    let database: PostgresPool

    /// Keeps a key, unless too many of its configuration wait already.
    /// - Returns: false when there is no room.
    /// - Throws: a foreign-key violation when there is no such configuration.
    func insert(_ request: PendingSigningRequest) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            INSERT INTO issuer.signing_requests (id, wallet_configuration_id, sealed_private_key, created_at)
            SELECT \(request.id), \(request.walletConfiguration), \(request.sealedPrivateKey), \(request.createdAt)
            WHERE (SELECT count(*) FROM issuer.signing_requests
                WHERE wallet_configuration_id = \(request.walletConfiguration)) < \(PendingSigningRequest.maximumCount)
            """) == 1
    }

    /// A key of a configuration; nil when there is none of this id.
    func request(
        _ id: SigningRequestID, of configuration: WalletConfigurationID
    ) async throws(PostgresError) -> PendingSigningRequest? {
        try await database.query(
            """
            SELECT id, wallet_configuration_id, sealed_private_key, created_at FROM issuer.signing_requests
            WHERE id = \(id) AND wallet_configuration_id = \(configuration)
            """
        ).first.map(PendingSigningRequest.init(row:))
    }

    /// The keys behind an id, in order.
    func requests(after id: String, limit: Int) async throws(PostgresError) -> [PendingSigningRequest] {
        try await database.query(
            """
            SELECT id, wallet_configuration_id, sealed_private_key, created_at FROM issuer.signing_requests
            WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(PendingSigningRequest.init(row:))
    }

    /// Forgets keys of a configuration that have waited since before an instant.
    func forget(of configuration: WalletConfigurationID, madeBefore instant: Instant) async throws(PostgresError) {
        try await database.execute(
            """
            DELETE FROM issuer.signing_requests
            WHERE wallet_configuration_id = \(configuration) AND created_at < \(instant)
            """)
    }

    /// Puts a key sealed anew in place of the one that was read.
    /// - Returns: false when it is gone or was sealed anew meanwhile.
    func reseal(_ request: PendingSigningRequest, as sealedPrivateKey: [UInt8]) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE issuer.signing_requests SET sealed_private_key = \(sealedPrivateKey)
            WHERE id = \(request.id) AND sealed_private_key = \(request.sealedPrivateKey)
            """) == 1
    }
}

extension PendingSigningRequest {
    fileprivate init(row: Row) throws(PostgresError) {
        let (id, configuration, key, createdAt) = try row.decode(
            SigningRequestID.self, WalletConfigurationID.self, [UInt8].self, Instant.self)
        self.init(id: id, walletConfiguration: configuration, sealedPrivateKey: key, createdAt: createdAt)
    }
}
