import Contracts
import Cryptography
import HTTPTypes
import JSON
import ServiceKit
import Support
import Testing

@testable import PassIssuer

@Suite struct WalletConfigurationTests {
    private static let path = "/admin/v1/wallet-configurations/acme"

    @Test("takes PEM and answers what the certificate says, never a secret")
    func pem() async throws {
        try await IssuerUnderTest.run { issuer in
            let created = try await issuer.putWalletConfiguration()
            #expect(created.status == 201)
            #expect(created.json["apple"]?["passTypeIdentifier"] == "pass.example.demo")
            #expect(created.json["apple"]?["teamIdentifier"] == "TEAM123456")
            #expect(try await issuer.putWalletConfiguration().status == 200)
            let shown = try await issuer.admin(.get, Self.path)
            #expect(shown.status == 200)
            #expect(!shown.text.contains("PRIVATE") && !shown.text.contains("privateKey"))
            let fingerprint = try Tool.run(
                "/usr/bin/openssl",
                ["x509", "-in", DemoAuthority.path("pass.pem"), "-noout", "-fingerprint", "-sha256"])
            let expected = String(decoding: fingerprint, as: UTF8.self).split(separator: "=")[1]
                .filter { $0.isHexDigit }.lowercased()
            #expect(shown.json["apple"]?["certificate"]?["sha256"]?.stringValue == expected)
        }
    }

    @Test("takes PKCS#12 files, those of old Keychains too", arguments: ["pass.p12", "pass.legacy.p12"])
    func pkcs12(file: String) async throws {
        try await IssuerUnderTest.run { issuer in
            var apple: JSONObject = [
                "pkcs12": .string(Base64.encode(try DemoAuthority.bytes(file))), "password": "demo",
            ]
            apple["intermediate"] = .string(try DemoAuthority.text("intermediate.pem"))
            let answer = try await issuer.putWalletConfiguration(apple: .object(apple))
            #expect(answer.status == 201, "\(answer.text)")
            apple["password"] = "wrong"
            let refused = try await issuer.putWalletConfiguration(apple: .object(apple))
            #expect(refused.status == 422)
            #expect(refused.text.contains("password"))
        }
    }

    @Test("keeps the private key sealed in the database")
    func sealed() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let key = try PrivateKey(pem: try DemoAuthority.text("pass.key.pem"), password: nil).pkcs8DER
            let stored = try await issuer.pool.query(
                "SELECT sealed_private_key, position(\(key) in sealed_private_key) FROM issuer.wallet_configurations")
            let (sealed, position) = try #require(stored.first).decode([UInt8].self, Int32.self)
            #expect(position == 0)
            #expect(sealed.count > key.count)
        }
    }

    @Test(
        "refuses with the reason what can't sign passes",
        arguments: [
            ("expired", "expired", "/apple/certificate", "expired"),
            ("not-yet-valid", "not-yet-valid", "/apple/certificate", "valid only from"),
            ("no-uid", "no-uid", "/apple/certificate", "UID"),
            ("wrong-issuer", "wrong-issuer", "/apple/intermediate", "did not issue"),
            ("pass", "other", "/apple/privateKey", "does not belong"),
        ])
    func refuses(certificate: String, key: String, pointer: String, reason: String) async throws {
        try await IssuerUnderTest.run { issuer in
            let apple = try DemoAuthority.apple(certificate, key: key)
            let answer = try await issuer.putWalletConfiguration(apple: .object(apple))
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.pointers.contains(pointer), "\(answer.text)")
            #expect(answer.text.contains(reason), "\(answer.text)")
            #expect(try await issuer.count("wallet_configurations") == 0)
        }
    }

    @Test("chooses the intermediate by the key that issued, among several of one name, and signs with it")
    func choosesIntermediate() async throws {
        try await IssuerUnderTest.run { issuer in
            var apple = try DemoAuthority.apple()
            // The first has the issuer's name and another key.
            apple["intermediate"] = .string(
                try DemoAuthority.text("other-intermediate.pem") + DemoAuthority.text("intermediate.pem"))
            let answer = try await issuer.putWalletConfiguration(apple: .object(apple))
            #expect(answer.status == 201, "\(answer.text)")
            let campaign = try await issuer.admin(.put, "/admin/v1/campaigns/spring", IssuerUnderTest.campaign())
            #expect(campaign.status == 201, "\(campaign.text)")
            #expect(try await issuer.putImage("icon.png").status == 201)
            try Package(try await issuer.open(try await issuer.link()).body).verifySignature()
        }
    }

    @Test("refuses a certificate without its intermediate")
    func noIntermediate() async throws {
        try await IssuerUnderTest.run { issuer in
            let apple = try DemoAuthority.apple(intermediate: nil)
            let answer = try await issuer.putWalletConfiguration(apple: .object(apple))
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/apple/intermediate"])
        }
    }

    @Test("takes an encrypted key with its password, and says when the password is wrong")
    func encryptedKey() async throws {
        try await IssuerUnderTest.run { issuer in
            var apple = try DemoAuthority.apple()
            apple["privateKey"] = .string(try DemoAuthority.text("encrypted-key.pem"))
            #expect(try await issuer.putWalletConfiguration(apple: .object(apple)).status == 422)
            apple["privateKeyPassword"] = "demo"
            let answer = try await issuer.putWalletConfiguration(apple: .object(apple))
            #expect(answer.status == 201, "\(answer.text)")
        }
    }

    @Test("keeps the pass type identifier at renewal, and gives it to one configuration only")
    func passType() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let other = try JSONValue.object(DemoAuthority.apple("other"))
            let renewal = try await issuer.putWalletConfiguration(apple: other)
            #expect(renewal.status == 422)
            #expect(renewal.text.contains("pass.example.other"))
            #expect(try await issuer.putWalletConfiguration("second").status == 409)
            #expect(try await issuer.putWalletConfiguration("second", apple: other).status == 201)
        }
    }

    @Test("what GET answers can be put back, and a name changes without keys")
    func putBack() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let shown = try await issuer.admin(.get, Self.path)
            let again = try await issuer.admin(.put, Self.path, shown.json)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.json == shown.json)
            let renamed = try await issuer.admin(.put, Self.path, ["name": "Acme 2"])
            #expect(renamed.status == 200)
            #expect(renamed.json["name"] == "Acme 2")
            #expect(renamed.json["apple"] == shown.json["apple"])
        }
    }

    @Test("null removes a platform, but not while campaigns need it")
    func removal() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let body: JSONValue = ["name": "Acme", "apple": .null]
            #expect(try await issuer.admin(.put, Self.path, body).status == 409)
            #expect(try await issuer.admin(.delete, Self.path).status == 409)
            #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring").status == 204)
            let removed = try await issuer.admin(.put, Self.path, body)
            #expect(removed.status == 200)
            #expect(removed.json["apple"] == nil)
            #expect(try await issuer.admin(.delete, Self.path).status == 204)
            #expect(try await issuer.admin(.get, Self.path).status == 404)
        }
    }

    @Test("keeps the organisation that installed passes show")
    func organizationName() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let renamed: JSONValue = ["name": "Acme", "organizationName": "Acme plc"]
            #expect(try await issuer.admin(.put, Self.path, renamed).status == 200)
            let package = try Package(try await issuer.open(try await issuer.link()).body)
            #expect(package.json["organizationName"] == "Acme plc")
            let again: JSONValue = ["name": "Acme", "organizationName": "Acme AG"]
            #expect(try await issuer.admin(.put, Self.path, again).status == 409)
            #expect(try await issuer.admin(.put, Self.path, ["name": "Acme 2"]).status == 200)
            let control = try await issuer.admin(.put, Self.path, ["name": "a\u{0}b"])
            #expect(control.status == 422)
            #expect(control.pointers == ["/name"])
        }
    }

    @Test("rotate-keys seals every secret under the first key, so that the old one can go")
    func rotateKeys() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let newKey = "k2:" + Base64.encode(Array(100..<132))
            let store = WalletConfigurationStore(database: issuer.pool)
            let secrets = SecretBox(try KeyRing(parsing: newKey + "," + IssuerUnderTest.keys))
            let rotation = KeyRotation(
                store: store,
                signingRequests: SigningRequests(
                    configurations: store, store: SigningRequestStore(database: issuer.pool), secrets: secrets),
                secrets: secrets,
                logger: Logger(service: "test", level: .error, format: .text))
            #expect(try await rotation.run() == 1)
            #expect(try await rotation.run() == 0)
            let id = try #require(WalletConfigurationID(rawValue: "acme"))
            let apple = try #require(try await store.configuration(id)?.apple)
            let opened = try SecretBox(try KeyRing(parsing: newKey)).open(
                apple.sealedPrivateKey, context: SealedSecret.privateKey.context(of: id))
            #expect(opened == (try PrivateKey(pem: try DemoAuthority.text("pass.key.pem"), password: nil).pkcs8DER))
            #expect(throws: CryptographyError.self) {
                try SecretBox(try KeyRing(parsing: newKey)).open(
                    apple.sealedPrivateKey, context: SealedSecret.pushKey.context(of: id))
            }
        }
    }

    @Test("a typo does not pass silently, and a bad id is told")
    func unknownKeys() async throws {
        try await IssuerUnderTest.run { issuer in
            let answer = try await issuer.admin(.put, Self.path, ["name": "Acme", "aple": .object([:])])
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/aple"])
            let badID = try await issuer.admin(.put, "/admin/v1/wallet-configurations/ACME", ["name": "Acme"])
            #expect(badID.status == 422)
        }
    }

    @Test("refuses a service account without key or email")
    func google() async throws {
        try await IssuerUnderTest.run { issuer in
            let body: JSONValue = [
                "name": "Acme",
                "google": ["issuerId": "3388000000012345678", "serviceAccount": ["type": "service_account"]],
            ]
            let answer = try await issuer.admin(.put, Self.path, body)
            #expect(answer.status == 422)
            #expect(
                answer.pointers == ["/google/serviceAccount/client_email", "/google/serviceAccount/private_key"])
            let good: JSONValue = [
                "name": "Acme",
                "google": [
                    "issuerId": "3388000000012345678",
                    "serviceAccount": [
                        "client_email": "w@p.iam.gserviceaccount.com",
                        "private_key": .string(try DemoAuthority.text("pass.key.pem")),
                    ],
                ],
            ]
            let accepted = try await issuer.admin(.put, Self.path, good)
            #expect(accepted.status == 201, "\(accepted.text)")
            #expect(accepted.json["google"]?["clientEmail"] == "w@p.iam.gserviceaccount.com")
            #expect(!accepted.text.contains("PRIVATE"))
        }
    }
}
