import Contracts
import HTTPServer
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import DeviceRegistry

@Suite("Passes of erased contacts at device-registry") struct ErasedPassTests {
    private func erase(_ registry: RegistryUnderTest, _ serialNumber: String) async throws -> RegistryErasuresAnswer {
        let pass = JSONValue.object([
            "passTypeIdentifier": .string(RegistryAccess.passType), "serialNumber": .string(serialNumber),
        ])
        let answer = try await registry.call(.post, "/rpc/v1/erasures", body: ["passes": [pass]])
        return try JSON.decode(RegistryErasuresAnswer.self, from: answer.body)
    }

    private func fetch(_ registry: RegistryUnderTest, _ serialNumber: String) async throws {
        registry.issuer.answer(HTTPResponse(.ok, body: .bytes([1])))
        let path = "/v1/passes/\(RegistryAccess.passType)/\(serialNumber)"
        _ = try await registry.send(.get, path, headers: try RegistryAccess.authorization(serialNumber))
    }

    private func found(_ text: String, _ registry: RegistryUnderTest) async throws -> Int {
        var found = 0
        for table in ["devices", "registrations", "pass_events", "device_logs", "forgotten_tokens", "outbox"] {
            found += try await registry.pool.query(
                "SELECT count(*) FROM registry.\(identifier: table) t WHERE t::text LIKE \("%\(text)%")"
            ).only().decode(Int.self)
        }
        return found
    }

    @Test("a phone is forgotten as soon as it has fetched the void pass, its token by push-sender too")
    func fetched() async throws {
        try await RegistryUnderTest.run(inBackground: true) { (registry) async throws in
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            _ = try await registry.register("device-2", "s1", pushToken: "aabb0001")
            _ = try await registry.register("device-2", "s2", pushToken: "aabb0001")
            #expect(try await erase(registry, "s1").passes == 1)
            try await fetch(registry, "s1")
            try await fetch(registry, "s1")
            try await eventually("nothing to be left") {
                try await erase(registry, "s1") == RegistryErasuresAnswer(passes: 0, pushTokens: 0)
            }
            #expect(try await found("device-1", registry) == 0)
            #expect(try await found("aabbccdd", registry) == 0)
            #expect(registry.pushSender.forgotten.map(\.rawValue) == ["aabbccdd"])
            // It has another pass.
            #expect(try await registry.changes("device-2").serialNumbers == ["s2"])
        }
    }

    @Test("a phone that never asks is forgotten after the grace period")
    func grace() async throws {
        try await RegistryUnderTest.run(settings: ["ERASURE_GRACE_SECONDS": "0"], inBackground: true) {
            (registry) async throws in
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            _ = try await erase(registry, "s1")
            try await eventually("nothing to be left") {
                try await erase(registry, "s1") == RegistryErasuresAnswer(passes: 0, pushTokens: 0)
            }
            #expect(try await found("device-1", registry) == 0)
        }
    }

    private func revive(_ registry: RegistryUnderTest, version: Int?) async throws {
        var body: JSONObject = [
            "updateId": .string("u-\(version ?? 0)"), "passTypeIdentifier": .string(RegistryAccess.passType),
            "serialNumbers": ["s1"], "revives": true,
        ]
        body["version"] = version.map { .number(JSONNumber($0)) }
        _ = try await registry.call(.post, "/rpc/v1/pass-updates", body: .object(body))
    }

    /// Erases a pass as of a version, and looks at it as often as there is something to do now.
    private func erase(_ registry: RegistryUnderTest, version: Int?) async throws {
        let store = ErasureStore(database: registry.pool)
        try await store.add([try Self.pass("s1", version: version)], at: .now())
    }

    private static func pass(_ serialNumber: String, version: Int? = nil) throws -> ErasedPass {
        ErasedPass(
            passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: RegistryAccess.passType)),
            serialNumber: try #require(SerialNumber(rawValue: serialNumber)), version: version)
    }

    @Test("whoever comes back registers for good", arguments: [nil, 4])
    func revived(_ version: Int?) async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await erase(registry, version: version.map { $0 - 1 })
            try await revive(registry, version: version)
            #expect(try await registry.rows("erased_passes") == 0)
        }
    }

    @Test("what was emptied before somebody came back is not erased by a call that comes late")
    func late() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            try await revive(registry, version: 4)
            try await erase(registry, version: 3)
            #expect(try await registry.rows("erased_passes") == 0)
            try await erase(registry, version: 5)
            #expect(try await registry.rows("erased_passes") == 1)
        }
    }

    @Test("word that somebody came back, which comes late, does not bring back what was emptied since")
    func lateRevival() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await erase(registry, version: 5)
            try await revive(registry, version: 4)
            #expect(try await registry.rows("erased_passes") == 1)
        }
    }

    @Test("a look that is under way leaves the phone of somebody who has come back meanwhile")
    func inFlight() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            try await erase(registry, version: 3)
            let store = ErasureStore(database: registry.pool)
            let taken = try await store.take(upTo: 10, for: 60)
            #expect(taken == [try Self.pass("s1")])
            try await revive(registry, version: 4)
            for pass in taken { try await store.look(at: pass, before: .now()) }
            #expect(try await registry.rows("registrations") == 1)
            #expect(try await registry.rows("devices") == 1)
        }
    }

    @Test("a look waits for word on its way that somebody has come back, and then leaves everything")
    func waits() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            try await erase(registry, version: 3)
            let store = ErasureStore(database: registry.pool)
            let pass = try Self.pass("s1")
            try await registry.pool.holding("SELECT registry.revive_passes(\(RegistryAccess.passType), \(["s1"]), 4)") {
                commit in
                async let look: Void = store.look(at: pass, before: .now())
                try await registry.pool.waitForLock()
                await commit()
                try await look
            }
            #expect(try await registry.rows("registrations") == 1)
        }
    }

    @Test("is looked at by one replica, and given back when that one has ended")
    func leased() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let store = ErasureStore(database: registry.pool)
            let passes = try (1...5).map { try Self.pass("s\($0)") }
            try await store.add(passes, at: .now())
            let (one, other) = try await (store.take(upTo: 3, for: 60), store.take(upTo: 3, for: 60))
            #expect(one.count == 3 && other.count == 2 && Set(one + other) == Set(passes))
            #expect(try await store.take(upTo: 3, for: 60).isEmpty)
            try await registry.execute("UPDATE registry.erased_passes SET next_look_at = now()")
            #expect(try await store.take(upTo: 10, for: 60).count == 5)
        }
    }

    @Test("of which nothing is left is looked at once more, and then not before a phone registers")
    func rests() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let store = ErasureStore(database: registry.pool)
            let pass = try Self.pass("s1")
            try await erase(registry, version: 3)
            for _ in 0..<2 { try await store.look(at: pass, before: .now()) }
            let resting: SQL = """
                SELECT count(*) FROM registry.erased_passes WHERE next_look_at = 'infinity' AND NOT is_open
                """
            #expect(try await registry.count(resting) == 1)
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            let soon: SQL = """
                SELECT count(*) FROM registry.erased_passes
                WHERE is_open AND next_look_at BETWEEN now() AND now() + interval '1 minute'
                """
            #expect(try await registry.count(soon) == 1)
        }
    }

    @Test("those that rest cost a look nothing: due ones are found by an index")
    func plan() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                """
                INSERT INTO registry.erased_passes
                    (pass_type_identifier, serial_number, asked_at, is_open, next_look_at)
                SELECT 'pass.test', 's' || n, now(), false, 'infinity' FROM generate_series(1, 20000) n
                """)
            try await registry.execute("ANALYZE registry.erased_passes")
            let plan = try await registry.pool.query(
                """
                EXPLAIN SELECT e.serial_number FROM registry.erased_passes e
                WHERE e.next_look_at <= now() ORDER BY e.next_look_at LIMIT 100 FOR UPDATE SKIP LOCKED
                """
            ).map { try $0.decode(String.self) }.joined(separator: "\n")
            #expect(plan.contains("erased_passes_next_look_at") && plan.contains("Index Cond"), "\(plan)")
        }
    }

    @Test("a phone that registers late is given a minute, and is then forgotten when it has fetched the void pass")
    func lateRegistration() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let store = ErasureStore(database: registry.pool)
            let pass = try Self.pass("s1")
            try await erase(registry, version: 3)
            _ = try await registry.register("device-1", "s1", pushToken: "aabbccdd")
            try await registry.execute(
                """
                INSERT INTO registry.pass_events (at, kind, pass_type_identifier, serial_number)
                SELECT now() + interval '1 second', 'fetched', pass_type_identifier, serial_number
                FROM registry.erased_passes
                """)
            let oldest = Instant.now().adding(seconds: -3_600)
            try await store.look(at: pass, before: oldest)
            #expect(try await registry.rows("registrations") == 1)
            try await registry.execute(
                "UPDATE registry.registrations SET registered_at = registered_at - interval '2 minutes'")
            try await registry.execute(
                "UPDATE registry.erased_passes SET asked_at = asked_at - interval '3 minutes'")
            try await store.look(at: pass, before: oldest)
            #expect(try await registry.rows("registrations") == 0)
        }
    }

    @Test("what is told of a pass of which nothing is left is not written down")
    func unwritten() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let store = ErasureStore(database: registry.pool)
            try await erase(registry, version: 3)
            try await store.look(at: try Self.pass("s1"), before: .now())
            let steps = try ["s1", "s2"].map { serialNumber in
                let pass = try Self.pass(serialNumber)
                return RecordedPassEvent(
                    at: .now(), kind: .fetched,
                    pass: PassReference(
                        passTypeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serialNumber), device: nil,
                    tag: nil)
            }
            try await PassEventStore(database: registry.pool).append(steps)
            #expect(try await registry.rows("pass_events") == 1)
        }
    }
}
