import Contracts
import Cryptography
import HTTPTypes
import JSON
import Testing

@testable import GoogleBridge

@Suite("Issuers of google-bridge") struct IssuerTests {
    @Test("are created with 201, replaced with 200, deleted with 204 however often")
    func statuses() async throws {
        try await BridgeUnderTest.run { bridge in
            let body: JSONValue = [
                "issuerId": .string(GoogleFixtures.issuerID),
                "serviceAccount": try GoogleFixtures.serviceAccount(tokenURI: "https://token.example"),
            ]
            #expect(try await bridge.call(.put, "/rpc/v1/issuers/acme", body: body).status == .created)
            #expect(try await bridge.call(.put, "/rpc/v1/issuers/acme", body: body).status == .ok)
            #expect(try await bridge.call(.delete, "/rpc/v1/issuers/acme").status == .noContent)
            #expect(try await bridge.call(.delete, "/rpc/v1/issuers/acme").status == .noContent)
            #expect(try await bridge.count("SELECT count(*) FROM google.issuers") == 0)
        }
    }

    @Test("need the issuer's token")
    func scopes() async throws {
        try await BridgeUnderTest.run { bridge in
            let path = "/rpc/v1/issuers/acme"
            let stranger = try await bridge.call(.delete, path, token: "nobody")
            #expect(stranger.status == .unauthorized)
            let admin = try await bridge.call(.delete, path, token: BridgeUnderTest.adminToken)
            #expect(admin.status == .forbidden)
        }
    }

    @Test("name every fault of a key file at once, and repeat none of its values")
    func faults() async throws {
        try await BridgeUnderTest.run { bridge in
            let response = try await bridge.call(
                .put, "/rpc/v1/issuers/acme",
                body: [
                    "issuerId": .string(GoogleFixtures.issuerID),
                    "serviceAccount": ["client_email": "nobody", "private_key": "hunter2", "token_uri": "ftp://x"],
                ])
            #expect(response.status == .unprocessableContent)
            let pointers = try JSON.parse(response.body)["errors"]?.arrayValue?.compactMap {
                $0["pointer"]?.stringValue
            }
            #expect(
                pointers == [
                    "/serviceAccount/client_email", "/serviceAccount/private_key", "/serviceAccount/token_uri",
                ])
            #expect(!String(decoding: response.body, as: UTF8.self).contains("hunter2"))
        }
    }

    @Test("lie sealed in the database, each bound to its own row")
    func sealed() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer("acme")
            try await bridge.putIssuer("other")
            let plain = try await bridge.count(
                """
                SELECT count(*) FROM google.issuers
                WHERE position('private_key'::bytea IN sealed_service_account) > 0
                """)
            #expect(plain == 0)
            let keeper = IssuerKeeper(
                store: IssuerStore(database: bridge.pool), secrets: SecretBox(bridge.configuration.masterKeys))
            let acme = try #require(WalletConfigurationID(rawValue: "acme"))
            #expect(try await keeper.credentials(of: acme).account.clientEmail == GoogleFixtures.clientEmail)
            try await bridge.pool.execute(
                """
                UPDATE google.issuers SET revision = nextval('google.issuer_revisions'), sealed_service_account =
                    (SELECT sealed_service_account FROM google.issuers WHERE wallet_configuration_id = 'other')
                WHERE wallet_configuration_id = 'acme'
                """)
            await #expect(throws: CryptographyError.notAuthentic) { try await keeper.credentials(of: acme) }
        }
    }

    @Test("are sealed anew under the first of the master keys, each once")
    func rotation() async throws {
        try await BridgeUnderTest.run { bridge in
            for number in 0..<3 { try await bridge.putIssuer("acme-\(number)") }
            let next = "m2:\(Base64.encode(SecureRandom.bytes(32))),\(GoogleFixtures.masterKeys)"
            let store = IssuerStore(database: bridge.pool)
            let secrets = SecretBox(try KeyRing(parsing: next))
            let rotation = KeyRotation(store: store, secrets: secrets)
            #expect(try await rotation.run() == 3)
            #expect(try await rotation.run() == 0)
            let keeper = IssuerKeeper(store: store, secrets: secrets)
            for number in 0..<3 {
                let id = try #require(WalletConfigurationID(rawValue: "acme-\(number)"))
                #expect(try await keeper.credentials(of: id).account.clientEmail == GoogleFixtures.clientEmail)
            }
        }
    }
}
