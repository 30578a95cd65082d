import APNsSimulator
import Cryptography
import HTTP2
import HTTPTypes
import Support
import Synchronization
import Testing

@Suite("APNs simulator: provider tokens")
struct APNsProviderTokenTests {
    /// A simulator that knows one key, with a clock that only moves when it is told to.
    private final class Stage: Sendable {
        let key: PrivateKey
        let simulator: APNsSimulator
        private let clock: Clock

        final class Clock: Sendable {
            let seconds = Mutex(1_800_000_000)
            var now: Int { seconds.withLock { $0 } }
        }

        init(topics: Set<String>? = nil) async throws {
            let key = try PrivateKey.generateP256()
            let clock = Clock()
            self.key = key
            self.clock = clock
            simulator = try await APNsSimulator.started { configuration in
                configuration.providerKeys = [
                    APNsProviderKey(
                        keyID: "KEY1234567", teamID: "TEAM123456", publicKey: key.publicKey.pem, topics: topics)
                ]
                configuration.now = { Instant(seconds: clock.now) }
            }
        }

        var now: Int { clock.now }

        func advance(seconds: Int) { clock.seconds.withLock { $0 += seconds } }

        func client() async throws -> HTTP2Client { try await simulator.client(showing: nil) }

        /// A push with a token.
        func push(
            keyID: String = "KEY1234567", teamID: String = "TEAM123456", issuedAt: Int? = nil,
            by other: PrivateKey? = nil,
            scheme: String = "bearer"
        ) throws -> HTTP2Request {
            let token = try JWS.sign(
                header: Array(#"{"alg":"ES256","kid":"\#(keyID)"}"#.utf8),
                payload: Array(#"{"iss":"\#(teamID)","iat":\#(issuedAt ?? now)}"#.utf8), key: other ?? key)
            return PushStage.push([("authorization", "\(scheme) \(token)")])
        }
    }

    @Test("accepts a token of a key that it knows")
    func valid() async throws {
        let stage = try await Stage()
        let client = try await stage.client()
        #expect(try await PushStage.verdict(on: stage.push(), by: client) == .init(status: 200))
        #expect(stage.simulator.pushes().first?.usedProviderToken == true)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("accepts a token that openssl has signed")
    func foreignSignature() async throws {
        let stage = try await Stage()
        let directory = try TestDirectory()
        try directory.write(try stage.key.pkcs8DER, to: "key.der")
        let signed = [#"{"alg":"ES256","kid":"KEY1234567"}"#, #"{"iss":"TEAM123456","iat":\#(stage.now)}"#]
            .map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
        try directory.write(Array(signed.utf8), to: "input")
        try await Program.succeed(
            [
                "openssl", "dgst", "-sha256", "-keyform", "DER", "-sign", directory.path("key.der"), "-out",
                directory.path("der"),
                directory.path("input"),
            ])
        // r and s out of SEQUENCE { INTEGER, INTEGER }, 32 bytes each.
        let parsed = try await Program.succeed(["openssl", "asn1parse", "-inform", "DER", "-in", directory.path("der")])
        let numbers = parsed.split(separator: "\n").filter { $0.contains("INTEGER") }.map { line in
            let digits = line.split(separator: ":").last.map(String.init) ?? ""
            return String(repeating: "0", count: max(0, 64 - digits.count)) + digits
        }
        let raw = try #require(Hex.decode(numbers.joined().lowercased()))
        let token = "\(signed).\(Base64URL.encode(raw))"
        let client = try await stage.client()
        let answer = try await PushStage.verdict(on: PushStage.push([("authorization", "bearer \(token)")]), by: client)
        #expect(answer == .init(status: 200))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("refuses tokens of others")
    func invalid() async throws {
        let stage = try await Stage()
        let stranger = try PrivateKey.generateP256()
        let pushes = [
            try stage.push(keyID: "OTHERKEY12"), try stage.push(teamID: "OTHERTEAM1"), try stage.push(by: stranger),
            try stage.push(scheme: "basic"), PushStage.push([("authorization", "bearer")]),
            PushStage.push([("authorization", "bearer a.b.c")]), try stage.push(issuedAt: stage.now + 3_600),
            try stage.push(by: PrivateKey.generateRSA()),
        ]
        for (number, push) in pushes.enumerated() {
            let client = try await stage.client()
            let answer = try await PushStage.verdict(on: push, by: client)
            #expect(answer == PushStage.refusal(.invalidProviderToken), "push \(number)")
            await client.shutdown(deadline: .seconds(5))
        }
    }

    @Test("refuses a token that is older than an hour")
    func expired() async throws {
        let stage = try await Stage()
        let client = try await stage.client()
        let push = try stage.push()
        #expect(try await PushStage.verdict(on: push, by: client) == .init(status: 200))
        stage.advance(seconds: 3_600)
        #expect(try await PushStage.verdict(on: push, by: client) == .init(status: 200))
        stage.advance(seconds: 1)
        #expect(try await PushStage.verdict(on: push, by: client) == PushStage.refusal(.expiredProviderToken))
        #expect(try await PushStage.verdict(on: stage.push(), by: client) == .init(status: 200))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("refuses a new token on the same connection within twenty minutes")
    func updates() async throws {
        let stage = try await Stage()
        let client = try await stage.client()
        let first = try stage.push()
        #expect(try await PushStage.verdict(on: first, by: client) == .init(status: 200))
        stage.advance(seconds: 1_199)
        let early = try await PushStage.verdict(on: stage.push(), by: client)
        #expect(early == PushStage.refusal(.tooManyProviderTokenUpdates))
        #expect(try await PushStage.verdict(on: first, by: client) == .init(status: 200))
        stage.advance(seconds: 1)
        #expect(try await PushStage.verdict(on: stage.push(), by: client) == .init(status: 200))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("lets a key push only to its topics")
    func topics() async throws {
        let stage = try await Stage(topics: ["pass.example.none"])
        let client = try await stage.client()
        #expect(try await PushStage.verdict(on: stage.push(), by: client) == PushStage.refusal(.topicDisallowed))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("allows one request at once until the first valid token, and then as many as ever")
    func streams() async throws {
        let stage = try await Stage()
        let client = try await stage.client()
        let answer = try await PushStage.verdict(on: PushStage.push(), by: client)
        #expect(answer == PushStage.refusal(.missingProviderToken))
        try await eventually("one stream") { client.capacity == 1 }
        #expect(try await PushStage.verdict(on: stage.push(), by: client) == .init(status: 200))
        try await eventually("a thousand streams") { client.capacity == 1_000 }
        await client.shutdown(deadline: .seconds(5))
    }
}
