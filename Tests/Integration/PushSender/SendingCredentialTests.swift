import APNsSimulator
import Contracts
import Cryptography
import HTTPTypes
import JSON
import Support
import Testing

@testable import PushSender

@Suite("Sending under credentials") struct SendingCredentialTests {
    private static func tokens(_ range: ClosedRange<Int>) -> [String] { range.map(PushSenderUnderTest.token) }

    @Test("takes other credentials without a restart, and sends what had stopped for the old ones")
    func otherCredentials() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            let key = try PrivateKey.generateP256()
            // APNs does not know the key.
            try await sender.putCredentials(tokenKey(key))
            try await sender.push(Self.tokens(1...3))
            try await eventually("the stop") { try await sender.topic()["state"] == "stopped" }
            #expect(try await sender.topic()["lastError"] == "InvalidProviderToken")
            try await sender.putCredentials()
            try await sender.drained()
            #expect(apns.counters.accepted == 3)
        }
    }

    @Test("sends under a token key")
    func providerToken() async throws {
        let key = try PrivateKey.generateP256()
        let known = APNsProviderKey(keyID: "ABC123DEFG", teamID: "A1B2C3D4E5", publicKey: try await publicPEM(key))
        var simulated = try await PushSenderUnderTest.simulatedAPNs()
        simulated.providerKeys = [known]
        try await PushSenderUnderTest.runWithAPNs(apns: simulated) { sender, apns in
            try await sender.putCredentials(tokenKey(key))
            try await sender.push(Self.tokens(1...300))
            try await sender.drained()
            #expect(apns.pushes().filter(\.usedProviderToken).count == 300)
            #expect(apns.counters.requests == 300)
        }
    }

    @Test("makes one new provider token when APNs calls the old one expired, and repeats what was sent with it")
    func expiredProviderToken() async throws {
        let key = try PrivateKey.generateP256()
        let known = APNsProviderKey(keyID: "ABC123DEFG", teamID: "A1B2C3D4E5", publicKey: try await publicPEM(key))
        // Ten minutes into a half hour; to APNs' clock a token of its beginning is just over an hour old.
        let clock: @Sendable () -> Instant = { Instant(seconds: 1_800 * 988_889 + 600) }
        var simulated = try await PushSenderUnderTest.simulatedAPNs()
        simulated.providerKeys = [known]
        simulated.now = { clock().adding(seconds: 3_001) }
        try await PushSenderUnderTest.runWithAPNs(apns: simulated, sending: false) { sender, apns in
            try await sender.putCredentials(tokenKey(key))
            try await sender.push(Self.tokens(1...3))
            let topic = try await sender.due()
            let clients = sender.clients()
            let client = try #require(try await clients.client(for: topic))
            await TopicSending(topic: topic, client: client, tools: sender.tools(clock: clock)).run()
            await clients.shutdown(deadline: .seconds(5))
            #expect(apns.counters.accepted == 3)
            #expect(apns.counters.refused == ["ExpiredProviderToken": 1])
            #expect(try await sender.topic()["queued"] == 0)
            #expect(try await sender.topic()["state"] == "running")
        }
    }

    private func tokenKey(_ key: PrivateKey) throws -> JSONValue {
        ["tokenKey": ["keyId": "ABC123DEFG", "teamId": "A1B2C3D4E5", "privateKey": .string(try key.pkcs8PEM)]]
    }

    /// The public half of a key, as openssl writes it.
    private func publicPEM(_ key: PrivateKey) async throws -> String {
        let directory = try TestDirectory()
        let path = try directory.write(Array(try key.pkcs8PEM.utf8), to: "key.pem")
        return try await Program.succeed(["openssl", "pkey", "-in", path, "-pubout"])
    }

    @Test("is refused by an APNs that does not know who signed the certificate, and stops")
    func strangeCertificate() async throws {
        let authority = try await PassAuthority.shared()
        let stranger = try authority.pem("server.pem")
        var simulated = try await PushSenderUnderTest.simulatedAPNs()
        simulated.clientAuthorities = stranger
        try await PushSenderUnderTest.runWithAPNs(apns: simulated) { sender, _ in
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...1))
            try await eventually("the stop") { try await sender.topic()["state"] == "stopped" }
            #expect(try await sender.topic()["lastError"] == "BadCertificate")
            let answer = try await sender.call(
                .get, "/rpc/v1/credentials/\(PushSenderUnderTest.passType)/checks",
                token: PushSenderUnderTest.issuerToken)
            #expect(answer.json["checks"]?[0]?["state"] == "failed")
            #expect(answer.json["checks"]?[0]?["detail"]?.stringValue?.contains("BadCertificate") == true)
        }
    }

    @Test("is checked by a push to nobody")
    func check() async throws {
        var simulated = try await PushSenderUnderTest.simulatedAPNs()
        simulated.acceptsKnownTokensOnly = true
        try await PushSenderUnderTest.runWithAPNs(apns: simulated) { sender, apns in
            try await sender.putCredentials()
            let answer = try await sender.call(
                .get, "/rpc/v1/credentials/\(PushSenderUnderTest.passType)/checks",
                token: PushSenderUnderTest.issuerToken)
            #expect(answer.json["checks"]?[0]?["state"] == "ok")
            #expect(apns.counters.refused == ["BadDeviceToken": 1])
        }
    }
}
