import APNsSimulator
import HTTP2
import HTTPTypes
import Support
import Testing

@Suite("APNs simulator: scripts")
struct ScriptTests {
    @Test("answers as told, so many times, and then as ever")
    func times() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(.refuse(.tooManyRequests, token: PushStage.token, times: 2))
        simulator.script(APNsScriptStep(token: PushStage.token.uppercased(), times: 1, status: 599, reason: "Odd"))
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await PushStage.verdict(on: PushStage.push(), by: client).status) }
        #expect(statuses == [429, 429, 599, 200])
        let other = PushStage.push(to: String(repeating: "00", count: 32))
        #expect(try await PushStage.verdict(on: other, by: client) == .init(status: 200))
        #expect(simulator.counters.accepted == 2)
        #expect(simulator.counters.refused == ["TooManyRequests": 2, "Odd": 1])
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("answers every reason that Apple has with its status", arguments: APNsReason.allCases)
    func reasons(_ reason: APNsReason) async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(.refuse(reason))
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client) == PushStage.refusal(reason))
        simulator.removeScripts()
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells with 410 since when, in milliseconds")
    func timestamp() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(.refuse(.unregistered, token: PushStage.token, timestamp: 1_700_000_000_123))
        let answer = try await PushStage.verdict(on: PushStage.push(), by: client)
        #expect(answer == .init(status: 410, reason: "Unregistered", timestamp: 1_700_000_000_123))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("judges before it plays: a push with a fault is refused for that")
    func faultFirst() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(.refuse(.shutdown, times: 1))
        let answer = try await PushStage.verdict(on: PushStage.push(topic: nil), by: client)
        #expect(answer == PushStage.refusal(.missingTopic))
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client) == PushStage.refusal(.shutdown))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("answers late, and others meanwhile")
    func delay() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(APNsScriptStep(token: PushStage.token, action: .judge, delayMilliseconds: 300))
        let start = ContinuousClock.now
        async let late = PushStage.verdict(on: PushStage.push(), by: client)
        let other = PushStage.push(to: String(repeating: "00", count: 32))
        #expect(try await PushStage.verdict(on: other, by: client).status == 200)
        #expect(try await late.status == 200)
        #expect(start.duration(to: .now) >= .milliseconds(300))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("ends the connection without a word")
    func close() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(APNsScriptStep(times: 1, action: .close))
        await #expect(throws: HTTP2Error.connectionLost(wasSent: true)) { try await client.send(PushStage.push()) }
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 200)
        #expect(simulator.counters.unanswered == 1)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("resets the stream")
    func reset() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.script(APNsScriptStep(times: 1, action: .reset))
        simulator.script(APNsScriptStep(times: 1, action: .reset, errorCode: 11))
        await #expect(throws: HTTP2Error.reset(.internalError)) { try await client.send(PushStage.push()) }
        await #expect(throws: HTTP2Error.reset(.enhanceYourCalm)) { try await client.send(PushStage.push()) }
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("says nothing at all")
    func ignore() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client { $0.requestTimeout = .seconds(10) }
        simulator.script(APNsScriptStep(times: 1, action: .ignore))
        await #expect(throws: HTTP2Error.timedOut(wasSent: true)) { try await client.send(PushStage.push()) }
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("ends connections in mid-load with GOAWAY, and no push is lost or taken twice")
    func goAway() async throws {
        let simulator = try await APNsSimulator.started { $0.maximumConcurrentStreams = 100 }
        let client = try await simulator.client()
        func token(_ number: Int) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 64 - digits.count) + digits
        }
        for number in [300, 900] {
            simulator.script(APNsScriptStep(token: token(number), times: 1, action: .goAway, reason: "Shutdown"))
        }
        simulator.script(APNsScriptStep(token: token(1_500), times: 1, action: .answerAndGoAway, reason: "Shutdown"))
        let outcomes = await Outcomes.of(2_000, on: client) { PushStage.push(to: token($0)) }
        #expect(outcomes.answered == 2_000)
        let pushes = simulator.pushes()
        #expect(pushes.count == 2_000)
        #expect(pushes.map(\.count) == Array(repeating: 1, count: 2_000))
        #expect(simulator.counters.accepted == 2_000)
        #expect(simulator.counters.unanswered == 2)
        #expect(simulator.counters.connections == 4)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("ends a connection that resets too many streams with GOAWAY")
    func rapidReset() async throws {
        let simulator = try await APNsSimulator.started { $0.resetAllowance = .init(burst: 20, perSecond: 1) }
        let client = try await simulator.client { $0.requestTimeout = .seconds(10) }
        simulator.script(APNsScriptStep(token: PushStage.token, action: .ignore))
        // Each of them times out, and its stream is reset.
        let outcomes = await Outcomes.of(40, on: client) { _ in PushStage.push() }
        #expect(outcomes.errors.count == 40)
        try await eventually("the end of the connection") { simulator.counters.openConnections == 0 }
        let other = PushStage.push(to: String(repeating: "00", count: 32))
        #expect(try await PushStage.verdict(on: other, by: client).status == 200)
        #expect(simulator.counters.connections == 2)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("refuses everything while it is out of order")
    func outage() async throws {
        let simulator = try await APNsSimulator.started()
        let client = try await simulator.client()
        simulator.setOutage(.serviceUnavailable)
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client) == PushStage.refusal(.serviceUnavailable))
        simulator.setOutage(nil)
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }
}
