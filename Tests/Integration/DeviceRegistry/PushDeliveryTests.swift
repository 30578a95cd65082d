import Contracts
import HTTPClient
import ServiceKit
import Support
import Testing

@testable import DeviceRegistry

@Suite struct PushDeliveryTests {
    /// Leaves pushes as changes do; no token stands in two rows.
    private static func seed(_ registry: RegistryUnderTest, rows: Int, tokens: Int, passType: String) async throws {
        try await registry.execute(
            """
            INSERT INTO registry.outbox (pass_type_identifier, push_tokens)
            SELECT \(passType), ARRAY(SELECT md5(gen_random_uuid()::text || n || t) FROM generate_series(1, \(tokens)) t)
            FROM generate_series(1, \(rows)) n
            """)
    }

    private static func tokens(_ pushSender: StubPushSender) -> [PushToken] {
        pushSender.deliveries.flatMap(\.pushTokens)
    }

    @Test("hands the pushes of a change to push-sender, and forgets them then")
    func handsOver() async throws {
        try await RegistryUnderTest.run(inBackground: true) { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d2", "s1", pushToken: "bb")
            #expect(try await registry.update(["s1"]).devices == 2)
            try await eventually("the pushes to be handed over") { try await registry.rows("outbox") == 0 }
            #expect(Set(Self.tokens(registry.pushSender).map(\.rawValue)) == ["aa", "bb"])
            #expect(
                registry.pushSender.deliveries.allSatisfy { $0.passTypeIdentifier.rawValue == RegistryAccess.passType })
            #expect(registry.pushSender.repeats == 0)
        }
    }

    @Test("joins small rows of a pass type, each token once, and leaves rows of others and large ones alone")
    func joins() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await Self.seed(registry, rows: 300, tokens: 2, passType: "pass.one")
            try await Self.seed(registry, rows: 5, tokens: 1, passType: "pass.two")
            try await Self.seed(registry, rows: 2, tokens: 10_000, passType: "pass.one")
            try await registry.execute(
                "INSERT INTO registry.outbox (pass_type_identifier, push_tokens) VALUES ('pass.two', '{aa,bb}')")
            try await registry.execute(
                "INSERT INTO registry.outbox (pass_type_identifier, push_tokens) VALUES ('pass.two', '{bb,cc}')")
            let delivery = registry.pushDelivery()
            #expect(try await delivery.deliver() == 4)
            let sizes = registry.pushSender.deliveries.map { "\($0.passTypeIdentifier) \($0.pushTokens.count)" }
            #expect(sizes.sorted() == ["pass.one 10000", "pass.one 10000", "pass.one 600", "pass.two 8"])
            let tokens = Self.tokens(registry.pushSender)
            #expect(Set(tokens).count == tokens.count)
            #expect(try await registry.rows("outbox") == 0)
        }
    }

    @Test("makes no delivery of more than 10,000 tokens, and takes no more at once than memory should hold")
    func limits() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await Self.seed(registry, rows: 13, tokens: 4_999, passType: "pass.one")
            let delivery = registry.pushDelivery()
            var counts: [Int] = []
            while case let count = try await delivery.deliver(), count > 0 { counts.append(count) }
            #expect(counts.count >= 2)
            let sizes = registry.pushSender.deliveries.map(\.pushTokens.count)
            #expect(sizes.reduce(0, +) == 13 * 4_999)
            #expect(sizes.allSatisfy { $0 <= 10_000 })
        }
    }

    @Test("sends what push-sender took without saying so once more, under the same id and unchanged")
    func repeats() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await Self.seed(registry, rows: 3, tokens: 1, passType: "pass.one")
            registry.pushSender.breakDown(true)
            let delivery = registry.pushDelivery()
            #expect(try await delivery.deliver() == 1)
            #expect(try await registry.rows("outbox") == 1)
            // Newer pushes of the pass type do not join what was sent before.
            try await Self.seed(registry, rows: 1, tokens: 2, passType: "pass.one")
            registry.pushSender.breakDown(false)
            try await eventually("both to be taken") {
                _ = try await delivery.deliver()
                return try await registry.rows("outbox") == 0
            }
            #expect(registry.pushSender.deliveries.map(\.pushTokens.count) == [3, 2])
            #expect(registry.pushSender.repeats == 1)
        }
    }

    @Test("loses nothing while push-sender is down, and is told no two things under one id")
    func outage() async throws {
        try await RegistryUnderTest.run(inBackground: true) { (registry) async throws in
            await registry.pushSender.stop()
            for number in 1...20 {
                _ = try await registry.register("d\(number)", "s\(number)", pushToken: "0\(number % 10)\(number + 10)")
                #expect(try await registry.update(["s\(number)"]).devices == 1)
            }
            try await eventually("an attempt to fail") {
                try await registry.count("SELECT count(*) FROM registry.outbox WHERE attempts > 1") > 0
            }
            _ = try registry.pushSender.start()
            try await eventually(within: .seconds(60), "all to be handed over") {
                try await registry.rows("outbox") == 0
            }
            let tokens = Self.tokens(registry.pushSender)
            #expect(Set(tokens).count == 20 && tokens.count == 20)
        }
    }

    @Test("gives the work of a replica that died to another when its lease is over")
    func takesOver() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await Self.seed(registry, rows: 2, tokens: 1, passType: "pass.one")
            let outbox = OutboxStore(database: registry.pool)
            let taken = try await outbox.lease(for: 60)
            #expect(taken.count == 1)
            #expect(try await outbox.lease(for: 60).isEmpty)
            try await registry.execute(
                "UPDATE registry.outbox SET next_attempt_at = next_attempt_at - interval '60 s'")
            #expect(try await registry.pushDelivery().deliver() == 1)
            #expect(registry.pushSender.deliveries.map(\.pushId) == taken.map(\.pushID))
            #expect(Set(Self.tokens(registry.pushSender)) == Set(taken.flatMap(\.pushTokens)))
        }
    }

    @Test("shares the work among replicas, each push once")
    func replicas() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await Self.seed(registry, rows: 3_000, tokens: 1, passType: "pass.one")
            try await Self.seed(registry, rows: 20, tokens: 6_000, passType: "pass.two")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...4 {
                    let delivery = registry.pushDelivery()
                    group.addTask {
                        while try await delivery.deliver() > 0 {}
                    }
                }
                try await group.waitForAll()
            }
            // One that found every row locked has ended before the others.
            while try await registry.pushDelivery().deliver() > 0 {}
            let tokens = Self.tokens(registry.pushSender)
            #expect(tokens.count == 123_000 && Set(tokens).count == 123_000)
            #expect(registry.pushSender.repeats == 0)
        }
    }

    @Test("tells what waits and for how long, and what was handed over")
    func metrics() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await Self.seed(registry, rows: 2, tokens: 3, passType: "pass.one")
            try await registry.execute("UPDATE registry.outbox SET created_at = now() - interval '1 minute'")
            let outbox = OutboxStore(database: registry.pool)
            let backlog = try await outbox.backlog()
            #expect(backlog.messages == 2 && backlog.pushTokens == 6 && backlog.oldestSeconds >= 60)
            let metrics = Metrics()
            let delivery = registry.pushDelivery(metrics: metrics)
            _ = try await delivery.deliver()
            delivery.metrics.set(try await outbox.backlog())
            let text = try PrometheusText(metrics.text())
            #expect(text.value("wallet_pushes_handed_over_total", ["result": "accepted"]) == 6)
            #expect(text.value("wallet_outbox_messages") == 0)
            #expect(text.value("wallet_outbox_oldest_seconds") == 0)
        }
    }
}
