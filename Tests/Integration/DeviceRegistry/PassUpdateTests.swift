import HTTPTypes
import JSON
import Testing

@Suite struct PassUpdateTests {
    private static let path = "/rpc/v1/pass-updates"

    private static func body(_ id: String, _ serialNumbers: [String]) -> JSONValue {
        [
            "updateId": .string(id), "passTypeIdentifier": .string(RegistryAccess.passType),
            "serialNumbers": .array(serialNumbers.map(JSONValue.string)),
        ]
    }

    @Test("answers 202 with the passes and devices, and the same again for the same update without moving tags")
    func isIdempotent() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            for _ in 1...3 {
                let response = try await registry.call(.post, Self.path, body: Self.body("u1", ["s1", "s1", "s2"]))
                #expect(response.status == .accepted)
                #expect(try JSON.parse(response.body) == ["passes": 2, "devices": 1])
                // Registrations made meanwhile do not change the answer to what was told before.
                _ = try await registry.register("d2", "s2", pushToken: "bb")
            }
            #expect(try await registry.changes("d1").tag == "2")
            #expect(try await registry.pushedTokens() == [["aa"], ["bb"]])
        }
    }

    @Test("applies an update once that is told many times in parallel")
    func isIdempotentInParallel() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            for round in 1...50 {
                try await withThrowingTaskGroup(of: JSONValue.self) { group in
                    for _ in 1...4 {
                        group.addTask {
                            let response = try await registry.call(
                                .post, Self.path, body: Self.body("u\(round)", ["s1"]))
                            return try JSON.parse(response.body)
                        }
                    }
                    for try await answer in group { #expect(answer == ["passes": 1, "devices": 1]) }
                }
            }
            #expect(try await registry.changes("d1").tag == "50")
            #expect(try await registry.pushedTokens().count == 50)
        }
    }

    @Test("stamps passes that changed before and those that never did with one tag, each once")
    func stampsKnownAndNew() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for (device, serialNumber) in [("d1", "s1"), ("d2", "s2"), ("d3", "s3")] {
                _ = try await registry.register(device, serialNumber, pushToken: "aa")
            }
            _ = try await registry.update(["s1"])
            let answer = try await registry.update(["s2", "s1", "s2", "s1"])
            #expect(answer.passes == 2)
            let tags = try await registry.pool.query("SELECT serial_number, tag FROM registry.passes ORDER BY 1").map {
                let (serialNumber, tag) = try $0.decode(String.self, Int.self)
                return "\(serialNumber) \(tag)"
            }
            #expect(tags == ["s1 2", "s2 2"])
        }
    }

    @Test("hands each push token on once, however many passes and device identifiers it stands under")
    func pushesOnce() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for device in ["d1", "d2"] {
                for serialNumber in ["s1", "s2", "s3"] {
                    _ = try await registry.register(device, serialNumber, pushToken: "aa")
                }
            }
            _ = try await registry.register("d3", "s3", pushToken: "bb")
            let answer = try await registry.update(["s1", "s2", "s3"])
            #expect(answer.passes == 3)
            #expect(answer.devices == 2)
            #expect(try await registry.pushedTokens().map { Set($0) } == [["aa", "bb"]])
        }
    }

    @Test("leaves passes and devices of other pass types alone")
    func separatesPassTypes() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa", passType: "pass.com.example.other")
            let answer = try await registry.update(["s1"])
            #expect(answer.devices == 0)
            let changes = try await registry.changes("d1", since: "0", passType: "pass.com.example.other")
            #expect(changes.status == 204)
        }
    }

    @Test("takes no tokens of other services, and tells missing ones from others")
    func authorizes() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let body = Self.body("u1", ["s1"])
            #expect(try await registry.call(.post, Self.path, token: nil, body: body).status == .unauthorized)
            #expect(try await registry.call(.post, Self.path, token: "nobody", body: body).status == .unauthorized)
            for token in [RegistryUnderTest.adminToken, RegistryUnderTest.pushSenderToken] {
                #expect(try await registry.call(.post, Self.path, token: token, body: body).status == .forbidden)
            }
            #expect(try await registry.rows("pass_updates") == 0)
        }
    }

    @Test("ignores keys that it does not know")
    func ignoresUnknownKeys() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let body = Self.body("u1", ["s1"]).mergePatched(with: ["later": ["x": 1]])
            #expect(try await registry.call(.post, Self.path, body: body).status == .accepted)
        }
    }

    @Test("answers 422 with a pointer to a body of the wrong shape")
    func refusesShapes() async throws {
        let patches = [
            (#"{"updateId":null}"#, "/updateId"), (#"{"updateId":"a b"}"#, "/updateId"),
            (#"{"passTypeIdentifier":""}"#, "/passTypeIdentifier"), (#"{"serialNumbers":"s1"}"#, "/serialNumbers"),
            (#"{"serialNumbers":["s1",7]}"#, "/serialNumbers/1"), (#"{"serialNumbers":[""]}"#, "/serialNumbers/0"),
        ]
        try await RegistryUnderTest.run { (registry) async throws in
            for (patch, pointer) in patches {
                let body = Self.body("u1", ["s1"]).mergePatched(with: try JSON.parse(patch))
                let response = try await registry.call(.post, Self.path, body: body)
                #expect(response.status == .unprocessableContent, "\(patch)")
                let problem = try JSON.parse(response.body)
                #expect(problem["errors"]?[0]?["pointer"]?.stringValue == pointer, "\(patch)")
            }
        }
    }

    @Test("takes 10,000 passes at once and refuses one more")
    func limitsCount() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let serialNumbers = (0...10_000).map { "serial-\($0)" }
            let most = try await registry.call(.post, Self.path, body: Self.body("u1", serialNumbers.dropLast()))
            #expect(most.status == .accepted)
            #expect(try JSON.parse(most.body) == ["passes": 10_000, "devices": 0])
            let more = try await registry.call(.post, Self.path, body: Self.body("u2", serialNumbers))
            #expect(more.status == .unprocessableContent)
        }
    }

    @Test("puts at most 10,000 push tokens into one push")
    func splitsPushes() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                """
                INSERT INTO registry.devices (device_library_identifier, push_token)
                SELECT 'd' || n, md5(n::text) FROM generate_series(1, 10001) n
                """)
            try await registry.execute(
                """
                INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number)
                SELECT 'd' || n, \(RegistryAccess.passType), 's1' FROM generate_series(1, 10001) n
                """)
            #expect(try await registry.update(["s1"]).devices == 10_001)
            #expect(try await registry.pushedTokens().map(\.count) == [10_000, 1])
        }
    }
}
