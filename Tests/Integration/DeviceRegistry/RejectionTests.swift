import HTTPTypes
import JSON
import Testing

@Suite struct RejectionTests {
    private func reject(
        _ registry: RegistryUnderTest, _ token: String, at instant: Instant, passType: String = RegistryAccess.passType
    ) async throws -> Int? {
        let body: JSONValue = [
            "rejections": [
                [
                    "passTypeIdentifier": .string(passType), "pushToken": .string(token), "reason": "Unregistered",
                    "rejectedAt": .string(instant.rfc3339),
                ]
            ]
        ]
        let response = try await registry.call(
            .post, "/rpc/v1/push-tokens/rejections", token: RegistryUnderTest.pushSenderToken, body: body)
        #expect(response.status == .ok)
        return try JSON.parse(response.body)["removed"]?.intValue
    }

    @Test("ends the registrations of a rejected token, and the devices that have no other")
    func removes() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            _ = try await registry.register("d2", "s1", pushToken: "aa")
            _ = try await registry.register("d3", "s1", pushToken: "bb")
            #expect(try await reject(registry, "AA", at: .now().adding(seconds: 60)) == 3)
            #expect(try await registry.rows("devices") == 1)
            #expect(try await registry.update(["s1", "s2"]).devices == 1)
            #expect(try await reject(registry, "aa", at: .now().adding(seconds: 60)) == 0)
        }
    }

    @Test("keeps registrations that were renewed after the rejection")
    func keepsRenewed() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            try await registry.execute("UPDATE registry.registrations SET renewed_at = now() - interval '1 day'")
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            #expect(try await reject(registry, "aa", at: .now().adding(seconds: -3_600)) == 1)
            #expect(try await registry.changes("d1").serialNumbers == ["s2"])
            #expect(try await registry.rows("devices") == 1)
        }
    }

    @Test("keeps registrations of other tokens and of other pass types")
    func keepsOthers() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d1", "s1", pushToken: "bb")
            #expect(try await reject(registry, "aa", at: .now().adding(seconds: 60)) == 0)
            let other = "pass.com.example.other"
            #expect(try await reject(registry, "bb", at: .now().adding(seconds: 60), passType: other) == 0)
            #expect(try await registry.changes("d1").serialNumbers == ["s1"])
        }
    }
}
