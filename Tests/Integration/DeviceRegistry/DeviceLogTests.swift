import HTTPTypes
import JSON
import Testing

@Suite struct DeviceLogTests {
    private static let device = "19121d6b570b31a3fa56dbd45411c933"
    private static let failure =
        "Register task (for device \(device), pass type pass.com.example.card, serial number 4711; with web service url "
        + "https://example.com/) encountered error: Authentication failure"

    private func log(_ registry: RegistryUnderTest, _ body: String) async throws -> Int {
        let response = try await registry.send(
            .post, "/v1/log", headers: ["Content-Type": "application/json"], body: Array(body.utf8))
        #expect(response.headers["Cache-Control"] == "no-store, private")
        return response.status.rawValue
    }

    private func items(_ registry: RegistryUnderTest, _ query: String = "") async throws -> [JSONValue] {
        let response = try await registry.call(
            .get, "/admin/v1/device-logs\(query)", token: RegistryUnderTest.adminToken)
        #expect(response.status == .ok)
        return try JSON.parse(response.body)["items"]?.arrayValue ?? []
    }

    @Test("stores lines without authentication, masked, with what they mean")
    func stores() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let body: JSONValue = ["logs": [.string(Self.failure), "hello"]]
            #expect(try await log(registry, String(decoding: body.serialized(), as: UTF8.self)) == 200)
            let items = try await items(registry)
            #expect(items.map { $0["kind"]?.stringValue } == ["other", "authentication"])
            let item = try #require(items.last)
            let line = try #require(item["line"]?.stringValue)
            #expect(!line.contains(Self.device))
            #expect(!line.contains("4711"))
            #expect(line.contains("encountered error: Authentication failure"))
            #expect(item["passTypeIdentifier"] == "pass.com.example.card")
            #expect(item["serialNumber"] == "4711")
            #expect(item["meaning"]?.stringValue?.isEmpty == false)
            #expect(item["remedy"]?.stringValue?.isEmpty == false)
            #expect(item["at"]?.stringValue.flatMap(Instant.init(rfc3339:)) != nil)
        }
    }

    @Test("answers 200 or 400 to odd shapes, never a fault of the server")
    func takesOddShapes() async throws {
        let bodies = [
            ("", 400), ("no JSON", 400), ("{", 400), ("null", 200), ("[]", 200), ("12", 200), ("{}", 200),
            (#"{"logs":null}"#, 200), (#"{"logs":{}}"#, 200), (#"{"logs":[]}"#, 200), (#"{"logs":[1,null,{}]}"#, 200),
            (#"{"logs":["\u0000\u0007"]}"#, 200), (#"{"logs":["\ud83d\ude00"]}"#, 200), (#"{"logs":"text"}"#, 200),
            (#"{"description":"an old phone's line"}"#, 200), (#"{"logs":["a"],"logs":["b"]}"#, 400),
        ]
        try await RegistryUnderTest.run { (registry) async throws in
            for (body, status) in bodies { #expect(try await log(registry, body) == status, "\(body)") }
        }
    }

    @Test("answers 413 to a body over 16 KiB and takes one of 16 KiB, each line cut to its limit")
    func limitsBodies() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            func body(_ count: Int) -> String { #"{"logs":["\#(String(repeating: "x ", count: (count - 13) / 2))"]}"# }
            #expect(body(16_386).utf8.count > 16_384)
            #expect(try await log(registry, body(16_386)) == 413)
            #expect(try await log(registry, body(16_384)) == 200)
            let line = try #require(try await items(registry).first?["line"]?.stringValue)
            #expect(line.count == 2_000)
        }
    }

    @Test("keeps at most 100 lines of one report")
    func limitsLines() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let lines = (1...120).map { #""line \#($0)""# }.joined(separator: ",")
            #expect(try await log(registry, "{\"logs\":[\(lines)]}") == 200)
            #expect(try await registry.rows("device_logs") == 100)
        }
    }

    @Test("reports that come at once share statements, and each keeps its lines in their order")
    func together() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let reports = 0..<30
            try await registry.pool.holding("LOCK TABLE registry.device_logs IN EXCLUSIVE MODE") { commit in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for report in reports {
                        group.addTask { try await log(registry, #"{"logs":["\#(report) a","\#(report) b"]}"#) }
                    }
                    try await registry.pool.waitForLock()
                    await commit()
                    for try await status in group { #expect(status == 200) }
                }
            }
            let lines = try await items(registry, "?limit=100").reversed().compactMap { $0["line"]?.stringValue }
            #expect(lines.count == 2 * reports.count)
            for report in reports {
                #expect(lines.filter { $0.hasPrefix("\(report) ") } == ["\(report) a", "\(report) b"])
            }
            #expect(
                try await registry.count("SELECT count(DISTINCT xmin::text) FROM registry.device_logs") < reports.count)
        }
    }

    @Test("lists the newest first in parts, by pass and kind")
    func lists() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for number in 1...5 { _ = try await log(registry, #"{"logs":["line \#(number)"]}"#) }
            _ = try await log(registry, #"{"logs":["\#(Self.failure)"]}"#)
            var cursor = ""
            var lines: [String] = []
            var parts = 0
            repeat {
                let response = try await registry.call(
                    .get, "/admin/v1/device-logs?kind=other&limit=2\(cursor)", token: RegistryUnderTest.adminToken)
                let page = try JSON.parse(response.body)
                lines += page["items"]?.arrayValue?.compactMap { $0["line"]?.stringValue } ?? []
                cursor = page["nextCursor"]?.stringValue.map { "&cursor=\($0)" } ?? ""
                parts += 1
            } while !cursor.isEmpty && parts < 10
            #expect(lines == ["line 5", "line 4", "line 3", "line 2", "line 1"])
            #expect(parts == 3)
            #expect(try await items(registry, "?serialNumber=4711&passTypeIdentifier=pass.com.example.card").count == 1)
            #expect(try await items(registry, "?limit=0").count == 1)
            #expect(try await items(registry, "?limit=9999").count == 6)
            for query in ["limit=x", "cursor=x", "cursor=-1", "kind=x"] {
                let response = try await registry.call(
                    .get, "/admin/v1/device-logs?\(query)", token: RegistryUnderTest.adminToken)
                #expect(response.status == .badRequest)
            }
        }
    }

    @Test("shows a device to admins alone, with eight characters of its token")
    func showsDevice() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "0123456789abcdef")
            let path = "/admin/v1/devices/d1"
            let response = try await registry.call(.get, path, token: RegistryUnderTest.adminToken)
            let device = try JSON.parse(response.body)
            #expect(device["deviceLibraryIdentifier"] == "d1")
            #expect(device["pushToken"] == "01234567")
            #expect(device["registrations"]?.arrayValue?.count == 1)
            #expect(device["registrations"]?[0]?["serialNumber"] == "s1")
            #expect(device["registrations"]?[0]?["passTypeIdentifier"]?.stringValue == RegistryAccess.passType)
            let unknown = try await registry.call(.get, "/admin/v1/devices/d2", token: RegistryUnderTest.adminToken)
            #expect(unknown.status == .notFound)
            #expect(try await registry.call(.get, path, token: nil).status == .unauthorized)
            #expect(try await registry.call(.get, path, token: RegistryUnderTest.issuerToken).status == .forbidden)
        }
    }
}
