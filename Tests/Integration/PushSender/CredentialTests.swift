import Contracts
import Cryptography
import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Support
import Testing

@testable import PushSender

@Suite("Credentials of push-sender") struct CredentialTests {
    private func revision(_ sender: PushSenderUnderTest) async throws -> Int {
        try await sender.count("SELECT coalesce(max(revision), 0) FROM push.credentials")
    }

    @Test("are new once and replaced then; the same again leave connections alone")
    func putting() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            #expect(try await sender.putCredentials() == 201)
            let first = try await revision(sender)
            #expect(try await sender.putCredentials() == 200)
            #expect(try await revision(sender) == first)
            let key = try PrivateKey.generateP256().pkcs8PEM
            let tokenKey: JSONValue = [
                "tokenKey": ["keyId": "ABC123DEFG", "teamId": "A1B2C3D4E5", "privateKey": .string(key)]
            ]
            #expect(try await sender.putCredentials(tokenKey) == 200)
            #expect(try await revision(sender) > first)
            #expect(try await sender.topic()["certificateNotAfter"] == .null)
        }
    }

    @Test("are shown as a running topic with the end of the certificate")
    func shown() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            let authority = try await PassAuthority.shared()
            let end = Instant(seconds: try Certificate(pem: authority.pem("pass.pem")).notAfter)
            let topic = try await sender.topic()
            #expect(topic["state"] == "running")
            #expect(topic["certificateNotAfter"] == .string(end.rfc3339))
            #expect(topic["lastError"] == .null)
        }
    }

    @Test("are refused when they don't belong together, or to the pass type, each with its pointer")
    func refusals() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            var noIntermediate = try await PushSenderUnderTest.credentials().objectValue ?? [:]
            noIntermediate["intermediate"] = "none"
            let rsa = try PrivateKey.generateRSA().pkcs8PEM
            let cases: [(JSONValue, String)] = [
                (try await PushSenderUnderTest.credentials("other"), "/certificate"),
                (try await PushSenderUnderTest.credentials("pass", key: "other"), "/privateKey"),
                (.object(noIntermediate), "/intermediate"),
                (
                    ["tokenKey": ["keyId": "ABC123DEFG", "teamId": "A1B2C3D4E5", "privateKey": .string(rsa)]],
                    "/tokenKey/privateKey"
                ),
            ]
            for (body, pointer) in cases {
                let answer = try await sender.call(
                    .put, "/rpc/v1/credentials/\(PushSenderUnderTest.passType)",
                    token: PushSenderUnderTest.issuerToken, body: body)
                #expect(answer.status == 422)
                #expect(answer.json["errors"]?[0]?["pointer"] == .string(pointer))
            }
            #expect(try await revision(sender) == 0)
        }
    }

    @Test("of an older revision change nothing, deletion included")
    func revisions() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let path = "/rpc/v1/credentials/\(PushSenderUnderTest.passType)"
            #expect(try await sender.putCredentials(query: "?revision=5") == 201)
            let token = PushSenderUnderTest.issuerToken
            #expect(try await sender.call(.delete, path + "?revision=4", token: token).status == 204)
            #expect(try await sender.topic() != .null)
            #expect(try await sender.call(.delete, path + "?revision=6", token: token).status == 204)
            #expect(try await sender.topic() == .null)
            #expect(try await sender.putCredentials(query: "?revision=5") == 200)
            #expect(try await sender.topic() == .null)
            #expect(try await sender.putCredentials(query: "?revision=7") == 201)
            #expect(try await sender.putCredentials(query: "?revision=x") == 400)
        }
    }

    @Test("are deleted, once or twice, and what waits then says why")
    func deletion() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            try await sender.push([PushSenderUnderTest.token(1)])
            for _ in 1...2 {
                let answer = try await sender.call(
                    .delete, "/rpc/v1/credentials/\(PushSenderUnderTest.passType)",
                    token: PushSenderUnderTest.issuerToken)
                #expect(answer.status == 204)
            }
            let topic = try await sender.topic()
            #expect(topic["state"] == "stopped")
            #expect(topic["queued"] == 1)
            #expect(topic["lastError"] == "There are no credentials for this pass type.")
            #expect(try await TopicStore(database: sender.pool).due().isEmpty)
        }
    }

    @Test("stand in the database sealed, each to its own pass type")
    func sealing() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            try await sender.putCredentials(
                try await PushSenderUnderTest.credentials("other"), passType: PassAuthority.otherPassType)
            let isPlain = try await sender.count(
                "SELECT count(*) FROM push.credentials WHERE position('PRIVATE KEY'::bytea IN sealed) > 0")
            #expect(isPlain == 0)
            try await sender.pool.execute(
                """
                UPDATE push.credentials c SET sealed = o.sealed FROM push.credentials o WHERE o.topic <> c.topic
                """)
            let store = CredentialStore(database: sender.pool)
            let seal = CredentialSeal(secrets: SecretBox(sender.configuration.masterKeys))
            for stored in try await store.credentials(after: "", limit: 10) {
                #expect(throws: CryptographyError.notAuthentic) { try seal.open(stored) }
            }
        }
    }

    @Test("are sealed anew under the first key while their revision stays, so that the old key can go")
    func rotation() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            let before = try await revision(sender)
            let newKey = "k2:" + Base64.encode(Array(repeating: 9, count: 32))
            let store = CredentialStore(database: sender.pool)
            let both = CredentialSeal(secrets: SecretBox(try KeyRing(parsing: newKey + "," + PushSenderUnderTest.keys)))
            #expect(try await KeyRotation(store: store, seal: both).run() == 1)
            #expect(try await KeyRotation(store: store, seal: both).run() == 0)
            #expect(try await revision(sender) == before)
            let stored = try #require(try await store.credentials(after: "", limit: 1).first)
            let newAlone = CredentialSeal(secrets: SecretBox(try KeyRing(parsing: newKey)))
            let wanted = try JSON.decode(PushCredentials.self, from: try await PushSenderUnderTest.credentials())
            #expect(try newAlone.open(stored) == wanted)
        }
    }

    @Test("are checked: what is missing and what can't be reached is told with a remedy")
    func checks() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let path = "/rpc/v1/credentials/\(PushSenderUnderTest.passType)/checks"
            let missing = try await sender.call(.get, path, token: PushSenderUnderTest.issuerToken)
            #expect(missing.json["checks"]?[0]?["state"] == "failed")
            try await sender.putCredentials()
            let answer = try await sender.call(.get, path, token: PushSenderUnderTest.issuerToken)
            let checks = try #require(answer.json["checks"]?.arrayValue)
            #expect(checks.map { $0["name"]?.stringValue } == ["apnsHandshake"])
            #expect(checks[0]["state"] == "failed")
            #expect(checks[0]["remedy"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("belong to pass-issuer alone")
    func scopes() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let path = "/rpc/v1/credentials/\(PushSenderUnderTest.passType)"
            let body = try await PushSenderUnderTest.credentials()
            #expect(try await sender.call(.put, path, token: nil, body: body).status == 401)
            for token in [PushSenderUnderTest.registryToken, PushSenderUnderTest.adminToken] {
                #expect(try await sender.call(.put, path, token: token, body: body).status == 403)
                #expect(try await sender.call(.delete, path, token: token).status == 403)
                #expect(try await sender.call(.get, path + "/checks", token: token).status == 403)
            }
        }
    }
}
