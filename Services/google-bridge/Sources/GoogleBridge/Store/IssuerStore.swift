import Contracts
import Postgres

/// Issuer accounts in `google.issuers`.
struct IssuerStore: Sendable {
    let database: PostgresPool

    /// The account of a wallet configuration.
    func account(of id: WalletConfigurationID) async throws(PostgresError) -> IssuerAccount? {
        try await database.query(
            """
            SELECT wallet_configuration_id, issuer_id, client_email, sealed_service_account, revision, allows_locations
            FROM google.issuers WHERE wallet_configuration_id = \(id)
            """
        ).first.map(Self.account)
    }

    /// The accounts behind a wallet configuration's id, in order.
    func accounts(after id: String, limit: Int) async throws(PostgresError) -> [IssuerAccount] {
        try await database.query(
            """
            SELECT wallet_configuration_id, issuer_id, client_email, sealed_service_account, revision, allows_locations
            FROM google.issuers WHERE wallet_configuration_id > \(id) ORDER BY wallet_configuration_id LIMIT \(limit)
            """
        ).map(Self.account)
    }

    /// Stores an account with a new revision, and lets all be tried again that Google refused for the old one's sake;
    /// true when there was none.
    func save(
        _ id: WalletConfigurationID, issuerID: GoogleIssuerID, clientEmail: String, sealedServiceAccount: [UInt8]
    ) async throws(PostgresError) -> Bool {
        // xmax is 0 in a row just inserted.
        try await database.query(
            """
            WITH again AS (
                SELECT o.id, r.level, r.resource_id
                FROM google.operations o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id
                WHERE r.wallet_configuration_id = \(id) AND o.state = 'failed' AND o.concerns_issuer
            ), pending AS (
                UPDATE google.resources r SET state = 'pending' FROM again a
                WHERE r.level = a.level AND r.resource_id = a.resource_id AND r.state = 'failed'
            ), operations AS (
                UPDATE google.operations o SET state = 'pending', attempts = 0, next_attempt_at = now()
                FROM again a WHERE o.id = a.id
            )
            INSERT INTO google.issuers AS i (wallet_configuration_id, issuer_id, client_email, sealed_service_account)
            VALUES (\(id), \(issuerID), \(clientEmail), \(sealedServiceAccount))
            ON CONFLICT (wallet_configuration_id) DO UPDATE SET issuer_id = excluded.issuer_id,
                client_email = excluded.client_email, sealed_service_account = excluded.sealed_service_account,
                revision = nextval('google.issuer_revisions'), allows_locations = true, updated_at = now()
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

    /// Deletes the account of a wallet configuration; one that is not there is as good as deleted. What waits for Google
    /// under it fails until there is one again.
    func delete(_ id: WalletConfigurationID, because words: String, remedy: String) async throws(PostgresError) {
        try await database.execute(
            """
            WITH gone AS (
                DELETE FROM google.issuers WHERE wallet_configuration_id = \(id)
            ), waiting AS (
                SELECT o.id, r.level, r.resource_id
                FROM google.operations o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id
                WHERE r.wallet_configuration_id = \(id) AND o.state = 'pending'
            ), failed AS (
                UPDATE google.resources r SET state = 'failed', error = \(words) FROM waiting w
                WHERE r.level = w.level AND r.resource_id = w.resource_id AND r.state = 'pending'
            )
            UPDATE google.operations o SET state = 'failed', last_status = NULL, last_error = \(words),
                remedy = \(remedy), concerns_issuer = true, leased_until = '-infinity'
            FROM waiting w WHERE o.id = w.id
            """)
    }

    /// Remembers that Google lets an issuer use no `merchantLocations`.
    func refusesLocations(_ id: WalletConfigurationID) async throws(PostgresError) {
        try await database.execute(
            "UPDATE google.issuers SET allows_locations = false WHERE wallet_configuration_id = \(id)")
    }

    /// Whether an issuer account is one of ours.
    func isKnown(_ issuer: GoogleIssuerID) async throws(PostgresError) -> Bool {
        try await !database.query("SELECT 1 FROM google.issuers WHERE issuer_id = \(issuer) LIMIT 1").isEmpty
    }

    private static func account(_ row: Row) throws(PostgresError) -> IssuerAccount {
        let (id, issuerID, email, sealed, revision, allowsLocations) = try row.decode(
            WalletConfigurationID.self, GoogleIssuerID.self, String.self, [UInt8].self, Int.self, Bool.self)
        return IssuerAccount(
            walletConfiguration: id, issuerID: issuerID, clientEmail: email, sealedServiceAccount: sealed,
            revision: revision, allowsLocations: allowsLocations)
    }
}
