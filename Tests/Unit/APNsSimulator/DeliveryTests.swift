import APNsSimulator
import HTTP2
import HTTPTypes
import Support
import Testing

@Suite("APNs simulator: devices and what they get")
struct DeliveryTests {
    @Test("keeps the newest push of each token and topic")
    func newest() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        let other = try await simulator.client(showing: "other")
        for text in [#"{"n":1}"#, #"{"n":2}"#] {
            _ = try await client.send(PushStage.push(body: Array(text.utf8)))
        }
        _ = try await other.send(PushStage.push(topic: PassAuthority.otherPassType))
        let pushes = await simulator.pushes(for: PushStage.token.uppercased(), within: .zero)
        #expect(pushes.map(\.sequence) == [2, 3])
        #expect(pushes.map(\.payload) == [#"{"n":2}"#, "{}"])
        #expect(pushes.map(\.topic) == [PassAuthority.passType, PassAuthority.otherPassType])
        #expect(pushes.map(\.count) == [2, 1])
        #expect(await simulator.pushes(for: PushStage.token, after: 3, within: .zero).isEmpty)
        await client.shutdown(deadline: .seconds(5))
        await other.shutdown(deadline: .seconds(5))
    }

    @Test("a phone that waits gets its push when it comes, and no other's")
    func waiting() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        async let pushes = simulator.pushes(for: PushStage.token, within: .seconds(60))
        _ = try await client.send(PushStage.push(to: String(repeating: "00", count: 32)))
        _ = try await client.send(PushStage.push())
        #expect(await pushes.map(\.token) == [PushStage.token])
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("a push that is for now or never is not kept for a phone that is away")
    func nowOrNever() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        let push = PushStage.push([("apns-expiration", "0")])
        #expect(try await PushStage.verdict(on: push, by: client).status == 200)
        #expect(simulator.pushes().isEmpty)
        async let pushes = simulator.pushes(for: PushStage.token, within: .seconds(60))
        try await eventually("the delivery") {
            _ = try await client.send(push)
            return !simulator.pushes().isEmpty
        }
        #expect(await pushes.count == 1)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("refuses tokens that it did not give out when it is told to")
    func knownTokens() async throws {
        let simulator = try await APNsSimulator.started { $0.acceptsKnownTokensOnly = true }
        let client = try await simulator.client()
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client) == PushStage.refusal(.badDeviceToken))
        let token = simulator.mintToken()
        #expect(token.utf8.count == 64)
        #expect(try await PushStage.verdict(on: PushStage.push(to: token), by: client).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells that a token is another topic's, and that it is gone")
    func otherTopic() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        let foreign = simulator.mintToken(topic: PassAuthority.otherPassType)
        let answer = try await PushStage.verdict(on: PushStage.push(to: foreign), by: client)
        #expect(answer == PushStage.refusal(.deviceTokenNotForTopic))
        let token = simulator.mintToken(topic: PushStage.topic)
        #expect(try await PushStage.verdict(on: PushStage.push(to: token), by: client).status == 200)
        simulator.removeToken(token, at: Instant(microseconds: 1_700_000_000_123_456))
        let gone = try await PushStage.verdict(on: PushStage.push(to: token), by: client)
        #expect(gone == .init(status: 410, reason: "Unregistered", timestamp: 1_700_000_000_123))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("gives up the oldest pushes when there are too many")
    func capacity() async throws {
        let simulator = try await APNsSimulator.started { $0.storedPushes = 10 }
        let client = try await simulator.client()
        for number in 10..<40 {
            _ = try await client.send(PushStage.push(to: String(repeating: "\(number)", count: 32)))
        }
        let pushes = simulator.pushes()
        #expect(pushes.count <= 10)
        #expect(pushes.last?.sequence == 30)
        #expect(simulator.counters.accepted == 30)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("accepts everything as a sink, and keeps nothing")
    func sink() async throws {
        let simulator = try await APNsSimulator.started { $0.isSink = true }
        let client = try await simulator.client(showing: nil)
        let outcomes = await Outcomes.of(2_000, on: client) { _ in PushStage.push() }
        #expect(outcomes.answered == 2_000)
        #expect(simulator.pushes().isEmpty)
        try await eventually("the count") { simulator.counters.requests == 2_000 }
        await client.shutdown(deadline: .seconds(5))
    }
}
