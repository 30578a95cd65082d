import Contracts
import HTTPServer
import HTTPTypes
import JSON
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

    @Test("whoever comes back registers for good")
    func revived() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await erase(registry, "s1")
            _ = try await registry.call(
                .post, "/rpc/v1/pass-updates",
                body: [
                    "updateId": "u-1", "passTypeIdentifier": .string(RegistryAccess.passType),
                    "serialNumbers": ["s1"], "revives": true,
                ])
            let rows = try await registry.pool.query("SELECT 1 FROM registry.erased_passes")
            #expect(rows.isEmpty)
        }
    }
}
