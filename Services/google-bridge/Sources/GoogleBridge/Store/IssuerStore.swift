import Contracts
import Postgres

/// Issuer accounts in `google.issuers`.
struct IssuerStore: Sendable {
    let database: PostgresPool

    /// The account of a wallet configuration.
    func account(of id: WalletConfigurationID) async throws(PostgresError) -> IssuerAccount? {
        try await database.query(
            """
            SELECT wallet_configuration_id, issuer_id, client_email, sealed_service_account, revision
            FROM google.issuers WHERE wallet_configuration_id = \(id)
            """
        ).first.map(Self.account)
    }

    /// The accounts behind a wallet configuration's id, in order.
    func accounts(after id: String, limit: Int) async throws(PostgresError) -> [IssuerAccount] {
        try await database.query(
            """
            SELECT wallet_configuration_id, issuer_id, client_email, sealed_service_account, revision
            FROM google.issuers WHERE wallet_configuration_id > \(id) ORDER BY wallet_configuration_id LIMIT \(limit)
            """
        ).map(Self.account)
    }

    /// Stores an account with a new revision; true when there was none.
    func save(
        _ id: WalletConfigurationID, issuerID: GoogleIssuerID, clientEmail: String, sealedServiceAccount: [UInt8]
    ) async throws(PostgresError) -> Bool {
        // xmax is 0 in a row just inserted.
        try await database.query(
            """
            INSERT INTO google.issuers AS i (wallet_configuration_id, issuer_id, client_email, sealed_service_account)
            VALUES (\(id), \(issuerID), \(clientEmail), \(sealedServiceAccount))
            ON CONFLICT (wallet_configuration_id) DO UPDATE SET issuer_id = excluded.issuer_id,
                client_email = excluded.client_email, sealed_service_account = excluded.sealed_service_account,
                revision = nextval('google.issuer_revisions'), updated_at = now()
            RETURNING i.xmax = 0
            """
        ).only().decode(Bool.self)
    }

    /// Puts a newly sealed account in the place of the one that was read; false when another stands there meanwhile.
    func reseal(_ account: IssuerAccount, as sealed: [UInt8]) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE google.issuers
            SET sealed_service_account = \(sealed), revision = nextval('google.issuer_revisions'), updated_at = now()
            WHERE wallet_configuration_id = \(account.walletConfiguration) AND revision = \(account.revision)
            """) == 1
    }

    /// Deletes the account of a wallet configuration; one that is not there is as good as deleted.
    func delete(_ id: WalletConfigurationID) async throws(PostgresError) {
        try await database.execute("DELETE FROM google.issuers WHERE wallet_configuration_id = \(id)")
    }

    /// Whether an issuer account is one of ours.
    func isKnown(_ issuer: GoogleIssuerID) async throws(PostgresError) -> Bool {
        try await !database.query("SELECT 1 FROM google.issuers WHERE issuer_id = \(issuer) LIMIT 1").isEmpty
    }

    private static func account(_ row: Row) throws(PostgresError) -> IssuerAccount {
        let (id, issuerID, email, sealed, revision) = try row.decode(
            WalletConfigurationID.self, GoogleIssuerID.self, String.self, [UInt8].self, Int.self)
        return IssuerAccount(
            walletConfiguration: id, issuerID: issuerID, clientEmail: email, sealedServiceAccount: sealed,
            revision: revision)
    }
}
