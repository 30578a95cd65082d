import Contracts
import Cryptography
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

@testable import PassIssuer

@Suite struct PushCredentialsTests {
    private static let path = "/admin/v1/wallet-configurations/acme"

    private func run(_ body: (IssuerUnderTest, PushSenderStub) async throws -> Void) async throws {
        let sender = try PushSenderStub()
        try await IssuerUnderTest.run(["PUSH_SENDER_URL": sender.url]) { try await body($0, sender) }
        await sender.stop()
    }

    @Test("brings certificate, key and intermediate to push-sender, and takes them away with their configuration")
    func certificate() async throws {
        try await run { issuer, sender in
            try await issuer.putWalletConfiguration()
            #expect(await eventually { sender.credentials() != nil })
            guard case .certificate(let told)? = sender.credentials() else {
                Issue.record("no certificate was told")
                return
            }
            #expect(try Certificate(pem: told.certificate).der == Certificate(pem: DemoAuthority.text("pass.pem")).der)
            #expect(try PrivateKey(pem: told.privateKey.value).matches(try Certificate(pem: told.certificate)))
            let intermediate = try Certificate(pem: DemoAuthority.text("intermediate.pem")).der
            #expect(try Certificate.parseMany(pem: told.intermediate).first?.der == intermediate)
            #expect(try await issuer.admin(.delete, Self.path).status == 204)
            #expect(await eventually { sender.calls == ["put", "delete"] })
            #expect(sender.credentials() == nil)
            #expect(try await eventually { try await issuer.count("messages") == 0 })
        }
    }

    @Test("a push key takes the certificate's place, and its removal brings the certificate back")
    func pushKey() async throws {
        try await run { issuer, sender in
            try await issuer.putWalletConfiguration()
            let key = try PrivateKey.generateP256()
            let pushKey: JSONValue = [
                "keyId": "ABC123DEFG", "teamId": "TEAM123456", "privateKey": .string(try key.pkcs8PEM),
            ]
            let put = try await issuer.admin(.put, Self.path, ["name": "Acme", "apple": ["pushKey": pushKey]])
            #expect(put.status == 200, "\(put.text)")
            #expect(
                await eventually {
                    if case .tokenKey? = sender.credentials() { true } else { false }
                })
            guard case .tokenKey(let told)? = sender.credentials() else { return }
            #expect(told.keyId.rawValue == "ABC123DEFG" && told.teamId.rawValue == "TEAM123456")
            #expect(try PrivateKey(pem: told.privateKey.value).pkcs8DER == key.pkcs8DER)
            _ = try await issuer.admin(.put, Self.path, ["name": "Acme", "apple": ["pushKey": .null]])
            #expect(
                await eventually {
                    if case .certificate? = sender.credentials() { true } else { false }
                })
        }
    }

    @Test("keys that are sent again are told again; a new name is not, nor what GET answers")
    func repair() async throws {
        try await run { issuer, sender in
            try await issuer.putWalletConfiguration()
            #expect(await eventually { sender.calls == ["put"] })
            #expect(try await eventually { try await issuer.count("messages") == 0 })
            #expect(try await issuer.admin(.put, Self.path, ["name": "Other"]).status == 200)
            let shown = try await issuer.admin(.get, Self.path)
            #expect(try await issuer.admin(.put, Self.path, shown.json).status == 200)
            #expect(try await issuer.count("messages") == 0)
            #expect(try await issuer.putWalletConfiguration().status == 200)
            #expect(await eventually { sender.calls == ["put", "put"] })
            let revisions = sender.notes.state.withLock { $0.revisions }
            #expect(revisions == revisions.sorted() && Set(revisions).count == 2)
        }
    }

    @Test("no secret stands in the outbox")
    func secrets() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            try await issuer.putWalletConfiguration()
            let payloads = try await issuer.pool.query("SELECT payload::text FROM issuer.messages").map {
                try $0.decode(String.self)
            }
            #expect(payloads == [#"{"passTypeIdentifier":"pass.example.demo"}"#])
        }
    }

    @Test("what changes while it is told is told again after that, never beside it, and the newest is what stays")
    func order() async throws {
        try await run { issuer, sender in
            let isOpen = Mutex(false)
            sender.notes.delay.withLock {
                $0 = { _ = await eventually(within: .seconds(8)) { isOpen.withLock { $0 } } }
            }
            try await issuer.putWalletConfiguration()
            #expect(await eventually { sender.notes.state.withLock { $0.underway } == 1 })
            // Deleted while the certificate is on its way.
            #expect(try await issuer.admin(.delete, Self.path).status == 204)
            #expect(try await issuer.count("messages") == 1)
            isOpen.withLock { $0 = true }
            #expect(await eventually { sender.calls == ["put", "delete"] })
            #expect(sender.notes.state.withLock { $0.mostUnderway } == 1)
            #expect(sender.credentials() == nil)
            #expect(try await eventually { try await issuer.count("messages") == 0 })
        }
    }

    @Test("many changes while push-sender is away are one message, which it gets soon after it is back")
    func away() async throws {
        try await run { issuer, sender in
            sender.notes.refusals.withLock { $0 = Array(repeating: .serviceUnavailable, count: 1_000) }
            try await issuer.putWalletConfiguration()
            #expect(try await issuer.admin(.delete, Self.path).status == 204)
            try await issuer.putWalletConfiguration()
            #expect(try await issuer.count("messages") == 1)
            sender.notes.refusals.withLock { $0 = [] }
            #expect(await eventually { sender.credentials() != nil })
            #expect(try await eventually { try await issuer.count("messages") == 0 })
        }
    }
}
