import Contracts
import JSON
import Support
import Testing

@testable import PushSender

@Suite("Taking pushes in") struct EnqueueTests {
    private let one = PushSenderUnderTest.token(1)
    private let two = PushSenderUnderTest.token(2)
    private let three = PushSenderUnderTest.token(3)

    @Test("stores one push for each token, joins those that wait, and refuses what is no token")
    func counts() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            #expect(try await sender.push([one, two]) == [2, 0, 0])
            #expect(try await sender.push([two, three, three.uppercased(), "pass2u:not-hex", "abc"]) == [1, 2, 2])
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == 3)
            let topic = try await sender.topic()
            #expect(topic["queued"] == 3)
            #expect(topic["inFlight"] == 0)
            #expect(topic["oldestQueuedAt"] != .null)
        }
    }

    @Test("keeps the topics of one token apart")
    func topics() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            #expect(try await sender.push([one]) == [1, 0, 0])
            #expect(try await sender.push([one], passType: "pass.example.else") == [1, 0, 0])
        }
    }

    @Test("answers a delivery that is told again as the first time, and stores nothing")
    func idempotence() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            #expect(try await sender.push([one, two, "?"], id: "p-1") == [2, 0, 1])
            try await sender.pool.execute("DELETE FROM push.jobs")
            #expect(try await sender.push([one, two, "?"], id: "p-1") == [2, 0, 1])
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == 0)
        }
    }

    @Test("stores a delivery once that comes many times at once")
    func twins() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let tokens = (1...500).map(PushSenderUnderTest.token)
            let answers = try await withThrowingTaskGroup(of: [Int?].self) { group in
                for _ in 1...8 { group.addTask { try await sender.push(tokens, id: "twin") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == [[Int?]](repeating: [500, 0, 0], count: 8))
        }
    }

    @Test("lets deliveries of the same tokens in other orders pass each other")
    func orders() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let tokens = (1...1_000).map(PushSenderUnderTest.token)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...12 {
                    group.addTask {
                        try await sender.push(number.isMultiple(of: 2) ? tokens : tokens.reversed())
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == 1_000)
            #expect(try await sender.count("SELECT sum(accepted) FROM push.deliveries") == 1_000)
        }
    }

    @Test("takes 10,000 tokens and refuses one more, none, and a rate that is none")
    func limits() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let tokens = (1...10_001).map(PushSenderUnderTest.token)
            #expect(try await sender.push(Array(tokens.dropLast())) == [10_000, 0, 0])
            let cases = [
                (PushSenderUnderTest.pushes(tokens), "/pushTokens"), (PushSenderUnderTest.pushes([]), "/pushTokens"),
                (PushSenderUnderTest.pushes([one], rate: 0), "/ratePerSecond"),
                (PushSenderUnderTest.pushes([one], rate: -5), "/ratePerSecond"),
            ]
            for (body, pointer) in cases {
                let answer = try await sender.call(
                    .post, "/rpc/v1/pushes", token: PushSenderUnderTest.registryToken, body: body)
                #expect(answer.status == 422)
                #expect(answer.json["errors"]?[0]?["pointer"] == .string(pointer))
            }
        }
    }

    @Test("belongs to device-registry alone")
    func scopes() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let body = PushSenderUnderTest.pushes([one])
            #expect(try await sender.call(.post, "/rpc/v1/pushes", token: "?", body: body).status == 401)
            for token in [PushSenderUnderTest.issuerToken, PushSenderUnderTest.adminToken] {
                #expect(try await sender.call(.post, "/rpc/v1/pushes", token: token, body: body).status == 403)
            }
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == 0)
        }
    }
}
