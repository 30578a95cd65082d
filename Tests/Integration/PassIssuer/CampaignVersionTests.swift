import Postgres
import Support
import Testing

@testable import PassIssuer

@Suite("A version of a campaign that passes are made of") struct CampaignVersionTests {
    private static func insertion(_ serialNumber: String, version: Int) -> SQL {
        """
        INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, campaign_version,
            version, token_key_id, data_at, last_modified, created_at, updated_at)
        VALUES (\(serialNumber), 'spring', \(serialNumber), '{apple}', '{}', '{}', \(version), 1, 'k1', now(), 1, now(), now())
        """
    }

    private static func deletion(of version: Int) -> SQL {
        "DELETE FROM issuer.campaign_versions WHERE campaign_id = 'spring' AND version = \(version)"
    }

    private static func state(_ body: () async throws -> Void) async throws -> SQLState? {
        do {
            try await body()
            return nil
        } catch let error as PostgresError {
            return error.sqlState
        }
    }

    @Test("must be there, for a pass that is written and for one that is changed")
    func isThere() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            try await issuer.pool.execute(Self.insertion("kept", version: version))
            let written = try await Self.state {
                try await issuer.pool.execute(Self.insertion("lost", version: version + 7))
            }
            let changed = try await Self.state {
                try await issuer.pool.execute("UPDATE issuer.passes SET campaign_version = \(version + 7)")
            }
            #expect(written == .foreignKeyViolation)
            #expect(changed == .foreignKeyViolation)
            let stored = try await issuer.pool.query("SELECT campaign_version FROM issuer.passes").only()
            #expect(try stored.decode(Int.self) == version)
        }
    }

    /// Does one thing, in a transaction that ends when somebody waits for it, and another meanwhile.
    /// - Returns: how the other one ended.
    private static func state(of second: SQL, during first: SQL, _ issuer: IssuerUnderTest) async throws -> SQLState? {
        let waiting = try await issuer.pool.transaction { transaction in
            try await transaction.execute(first)
            // It goes on after the transaction's end.
            let waiting = Task { try await state { try await issuer.pool.execute(second) } }
            try await issuer.pool.waitForLock()
            return waiting
        }
        return try await waiting.value
    }

    @Test("is not deleted while a pass of it is being written")
    func staysForPass() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            let deleted = try await Self.state(
                of: Self.deletion(of: version), during: Self.insertion("new", version: version), issuer)
            #expect(deleted == .foreignKeyViolation)
            #expect(try await issuer.count("passes") == 1)
        }
    }

    @Test("gets no pass while it is being deleted")
    func goesWithoutPass() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            try await issuer.pool.execute(
                """
                INSERT INTO issuer.campaign_versions (campaign_id, version, content, created_at)
                SELECT campaign_id, version + 1, content, created_at FROM issuer.campaign_versions
                """)
            let written = try await Self.state(
                of: Self.insertion("new", version: version + 1), during: Self.deletion(of: version + 1), issuer)
            #expect(written == .foreignKeyViolation)
            #expect(try await issuer.count("passes") == 0)
        }
    }
}
