import APNsSimulator
import HTTP2
import HTTPTypes
import Support
import Testing

@Suite("APNs simulator: refusals")
struct RefusalTests {
    /// A request with something wrong, and Apple's reason.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: HTTP2Request
        let reason: APNsReason

        init(_ description: String, _ reason: APNsReason, _ request: HTTP2Request) {
            testDescription = description
            self.reason = reason
            self.request = request
        }
    }

    static let cases: [Case] = [
        Case("a GET", .methodNotAllowed, HTTP2Request(method: "GET", path: "/3/device/\(PushStage.token)")),
        Case(
            "another path", .badPath, HTTP2Request(method: "POST", path: "/2/device/\(PushStage.token)", body: [0x7B])),
        Case("a path below the token", .badPath, PushStage.push(to: PushStage.token + "/x")),
        Case("no token", .missingDeviceToken, PushStage.push(to: "")),
        Case("a token that is not hexadecimal", .badDeviceToken, PushStage.push(to: String(repeating: "g", count: 64))),
        Case("a token that is too short", .badDeviceToken, PushStage.push(to: String(PushStage.token.dropLast(2)))),
        Case("a token that is too long", .badDeviceToken, PushStage.push(to: PushStage.token + "ab")),
        Case("no topic", .missingTopic, PushStage.push(topic: nil)),
        Case("a topic that is no identifier", .badTopic, PushStage.push(topic: "pass example")),
        Case("a topic without a dot", .badTopic, PushStage.push(topic: "pass")),
        Case("another's topic", .topicDisallowed, PushStage.push(topic: PassAuthority.otherPassType)),
        Case("no payload", .payloadEmpty, PushStage.push(body: [])),
        Case("4,097 bytes of payload", .payloadTooLarge, PushStage.push(body: Array(repeating: 0x20, count: 4_097))),
        Case(
            "100,000 bytes of payload", .payloadTooLarge, PushStage.push(body: Array(repeating: 0x20, count: 100_000))),
        Case("an id that is no UUID", .badMessageId, PushStage.push([("apns-id", "7")])),
        Case(
            "an id without dashes", .badMessageId, PushStage.push([("apns-id", String(repeating: "a", count: 36))])),
        Case("priority 7", .badPriority, PushStage.push([("apns-priority", "7")])),
        Case("priority high", .badPriority, PushStage.push([("apns-priority", "high")])),
        Case(
            "priority 10 in the background", .badPriority,
            PushStage.push([("apns-push-type", "background"), ("apns-priority", "10")])),
        Case("a date as expiration", .badExpirationDate, PushStage.push([("apns-expiration", "2026-01-01")])),
        Case("a negative expiration", .badExpirationDate, PushStage.push([("apns-expiration", "-1")])),
        Case("a push type that is none", .invalidPushType, PushStage.push([("apns-push-type", "wallet")])),
        Case("two topics", .duplicateHeaders, PushStage.push([("apns-topic", PushStage.topic)])),
        Case("two priorities", .duplicateHeaders, PushStage.push([("apns-priority", "10"), ("apns-priority", "10")])),
        Case(
            "a collapse id of 65 bytes", .badCollapseId,
            PushStage.push([("apns-collapse-id", String(repeating: "x", count: 65))])),
    ]

    @Test("names Apple's reason for", arguments: cases)
    func refusal(_ row: Case) async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        #expect(try await PushStage.verdict(on: row.request, by: client) == PushStage.refusal(row.reason))
        #expect(simulator.pushes().isEmpty)
        try await eventually("the count") { simulator.counters.refused == [row.reason.rawValue: 1] }
        await client.shutdown(deadline: .seconds(5))
    }

    @Test(
        "accepts what Apple documents",
        arguments: [
            PushStage.push(), PushStage.push(to: PushStage.token.uppercased()),
            PushStage.push(to: String(repeating: "0f", count: 80)),
            PushStage.push(body: Array(repeating: 0x20, count: 4_096)),
            PushStage.push([("apns-push-type", "background"), ("apns-priority", "5")]),
            PushStage.push([("apns-expiration", "0"), ("apns-priority", "10")]),
            PushStage.push([("apns-collapse-id", String(repeating: "x", count: 64))]),
        ])
    func acceptance(_ request: HTTP2Request) async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        #expect(try await PushStage.verdict(on: request, by: client) == .init(status: 200))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("answers with the id that the push had, refused or not")
    func messageID() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        let id = "eabeae54-14a8-11e5-b60b-1697f925ec7b"
        #expect(try await PushStage.send(PushStage.push([("apns-id", id)]), by: client).id == id)
        #expect(try await PushStage.send(PushStage.push(topic: nil, [("apns-id", id)]), by: client).id == id)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test(
        "answers BadCertificate to a certificate that is worth nothing",
        arguments: ["expired", "wrong-issuer", "no-uid"])
    func badCertificate(name: String) async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client(showing: name)
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client) == PushStage.refusal(.badCertificate))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("ends the handshake with such a certificate when it is told to")
    func refusedHandshake() async throws {
        let simulator = try await APNsSimulator.started { $0.refusesCertificatesInHandshake = true }
        for (name, words) in ["expired": "sslv3 alert certificate expired", "wrong-issuer": "tlsv1 alert unknown ca"] {
            let client = try await simulator.client(showing: name)
            await #expect(throws: HTTP2Error.handshakeFailed(reason: words)) {
                try await client.send(PushStage.push())
            }
        }
        let good = try await simulator.client()
        #expect(try await PushStage.verdict(on: PushStage.push(), by: good) == .init(status: 200))
        await good.shutdown(deadline: .seconds(5))
    }

    @Test("wants a certificate or a provider token")
    func noCredentials() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client(showing: nil)
        let answer = try await PushStage.verdict(on: PushStage.push(), by: client)
        #expect(answer == PushStage.refusal(.missingProviderToken))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("each certificate may push to its own pass type")
    func otherCertificate() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client(showing: "other")
        let own = PushStage.push(topic: PassAuthority.otherPassType)
        #expect(try await PushStage.verdict(on: own, by: client) == .init(status: 200))
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client) == PushStage.refusal(.topicDisallowed))
        await client.shutdown(deadline: .seconds(5))
    }
}
