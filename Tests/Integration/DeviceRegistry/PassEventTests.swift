import Contracts
import HTTPServer
import HTTPTypes
import JSON
import ServiceKit
import Support
import Testing

@testable import DeviceRegistry

@Suite struct PassEventTests {
    private static func path(_ serialNumber: String) -> String {
        "/rpc/v1/passes/\(RegistryAccess.passType)/\(serialNumber)/events"
    }

    private static func answer(_ registry: RegistryUnderTest, _ serialNumber: String) async throws
        -> RegistryEventsAnswer
    {
        let response = try await registry.call(.get, path(serialNumber))
        #expect(response.status == .ok)
        return try JSON.decode(RegistryEventsAnswer.self, from: response.body)
    }

    private static func fetch(_ registry: RegistryUnderTest, _ method: HTTPMethod = .get) async throws {
        let path = "/v1/passes/\(RegistryAccess.passType)/s1"
        _ = try await registry.send(method, path, headers: try RegistryAccess.authorization("s1"))
    }

    @Test("tells each step of a pass on a device, in order, with the device also of a fetch that names none")
    func circle() async throws {
        try await RegistryUnderTest.run(inBackground: true) { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aabb")
            _ = try await registry.register("d1", "s1", pushToken: "aabb")
            _ = try await registry.update(["s1"])
            #expect(try await registry.changes("d1", since: "0").serialNumbers == ["s1"])
            registry.issuer.answer(HTTPResponse(.ok, body: .bytes([1])))
            try await Self.fetch(registry, .head)
            try await Self.fetch(registry)
            registry.issuer.answer(HTTPResponse(.notModified))
            try await Self.fetch(registry)
            let line =
                "Web service error for \(RegistryAccess.passType) (https://x): Server requested update to serial number "
                + "'s1', but the pass was unchanged."
            _ = try await registry.send(.post, "/v1/log", body: JSON.encode(LogRequest(logs: [line])))
            try await eventually("the events to be written") { try await Self.answer(registry, "s1").events.count >= 5 }
            let before = try await Self.answer(registry, "s1")
            #expect(before.devices.map(\.deviceLibraryIdentifier.rawValue) == ["d1"])
            #expect(before.devices.map(\.pushToken?.rawValue) == ["aabb"])
            _ = try await registry.unregister("d1", "s1")
            _ = try await registry.unregister("d1", "s1")

            let answer = try await Self.answer(registry, "s1")
            #expect(answer.devices.isEmpty)
            #expect(
                answer.events.map(\.kind)
                    == [.registered, .changesListed, .fetched, .notModified, .deviceLog, .unregistered])
            #expect(
                answer.events.map { $0.deviceLibraryIdentifier?.rawValue } == ["d1", "d1", "d1", "d1", nil, "d1"])
            #expect(answer.events[1].detail.contains("tag 1"))
            #expect(answer.events[4].detail.hasPrefix("passUnchanged: "))
            #expect(answer.events.allSatisfy { !$0.detail.contains("s1") && !$0.detail.contains("aabb") })
        }
    }

    @Test("tells of a registration that came after a change, and of one that a rejection ended")
    func laterAndRejected() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.update(["s1"])
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            let later = Instant.now().adding(seconds: 60)
            let body: JSONValue = [
                "rejections": [
                    [
                        "passTypeIdentifier": .string(RegistryAccess.passType), "pushToken": "aa",
                        "reason": "Unregistered", "rejectedAt": .string(later.rfc3339),
                    ]
                ]
            ]
            _ = try await registry.call(
                .post, "/rpc/v1/push-tokens/rejections", token: RegistryUnderTest.pushSenderToken, body: body)
            let events = try await Self.answer(registry, "s1").events
            #expect(events.map(\.kind) == [.registered, .unregistered])
            #expect(events[0].detail.contains("changed before") && events[0].detail.contains("tag 2"))
            #expect(events[1].detail.contains("APNs"))
        }
    }

    @Test("answers of a pass that nobody has registered that nothing is known of it")
    func unknown() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let answer = try await Self.answer(registry, "nobody-has-it")
            #expect(answer.events.isEmpty && answer.devices.isEmpty)
            for token in [RegistryUnderTest.adminToken, RegistryUnderTest.pushSenderToken] {
                #expect(try await registry.call(.get, Self.path("s1"), token: token).status == .forbidden)
            }
            #expect(try await registry.call(.get, Self.path("s1"), token: nil).status == .unauthorized)
        }
    }

    @Test("names the newest thousand steps and the newest hundred devices")
    func limits() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                """
                INSERT INTO registry.pass_events (at, kind, pass_type_identifier, serial_number, tag)
                SELECT '2026-01-01'::timestamptz + n * interval '1 second', 'changesListed', \(RegistryAccess.passType), 's1', n
                FROM generate_series(1, 1003) n
                """)
            try await registry.execute(
                """
                INSERT INTO registry.devices (device_library_identifier, push_token)
                SELECT 'd' || n, 'no-token-of-apns' FROM generate_series(1, 101) n
                """)
            try await registry.execute(
                """
                INSERT INTO registry.registrations
                    (device_library_identifier, pass_type_identifier, serial_number, registered_at)
                SELECT 'd' || n, \(RegistryAccess.passType), 's1', '2026-01-01'::timestamptz + n * interval '1 second'
                FROM generate_series(1, 101) n
                """)
            let answer = try await Self.answer(registry, "s1")
            #expect(answer.events.count == 1_000)
            #expect(answer.events.first?.at == Instant(rfc3339: "2026-01-01T00:00:04Z"))
            #expect(answer.events.last?.at == Instant(rfc3339: "2026-01-01T00:16:43Z"))
            #expect(answer.devices.count == 100)
            #expect(answer.devices.first?.deviceLibraryIdentifier.rawValue == "d101")
            #expect(answer.devices.allSatisfy { $0.pushToken == nil })
        }
    }

    @Test("writes the last events when it stops, and those that a database which was away did not take")
    func writesAll() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let recorder = PassEventRecorder(
                store: PassEventStore(database: registry.pool), metrics: Metrics(),
                logger: Logger(service: "test", level: .error))
            try await registry.database.change(
                "ALTER TABLE registry.pass_events RENAME TO elsewhere", as: .deviceRegistry)
            recorder.record([try Self.event("s1", .fetched)])
            await recorder.write()
            try await registry.database.change(
                "ALTER TABLE registry.elsewhere RENAME TO pass_events", as: .deviceRegistry)
            recorder.record([try Self.event("s1", .notModified)])
            let running = Task { try await recorder.run() }
            running.cancel()
            _ = await running.result
            #expect(try await Self.answer(registry, "s1").events.count == 2)
        }
    }

    @Test("drops what comes faster than it can be written down, and says how much")
    func drops() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let metrics = Metrics()
            let recorder = PassEventRecorder(
                store: PassEventStore(database: registry.pool), metrics: metrics, logger: Logger(service: "test"))
            let event = try Self.event("s1", .fetched)
            for _ in 1...PassEventRecorder.maximumWaiting + 7 { recorder.record([event]) }
            let text = try PrometheusText(metrics.text())
            #expect(text.value("wallet_pass_events_dropped_total") == 7)
            await recorder.write()
            #expect(try await registry.rows("pass_events") == PassEventRecorder.maximumWaiting)
        }
    }

    private static func event(_ serialNumber: String, _ kind: RecordedPassEvent.Kind) throws -> RecordedPassEvent {
        RecordedPassEvent(
            at: .now(), kind: kind,
            pass: PassReference(
                passTypeIdentifier: .written("pass.com.example.test"),
                serialNumber: try #require(SerialNumber(rawValue: serialNumber))))
    }
}
