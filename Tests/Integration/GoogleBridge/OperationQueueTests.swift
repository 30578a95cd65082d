import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("The queue of operations") struct OperationQueueTests {
    /// Waits until nothing is pending.
    private static func settle(_ bridge: BridgeUnderTest) async -> Bool {
        await eventually(within: .seconds(60)) {
            (try? await bridge.count("SELECT count(*) FROM google.operations WHERE state = 'pending'")) == 0
        }
    }

    private static func request(_ version: Int, _ value: String) -> JSONObject {
        BridgeUnderTest.objectRequest(version: version, pass: BridgeUnderTest.coupon(value: value))
    }

    @Test("writes changed passes once each, and counts what is as it was")
    func batch() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let objects = (0..<50).map { ("p\($0)", Self.request(1, "v\($0)")) }
            #expect(try await bridge.patchObjects(objects) == [50, 0])
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resources.count == 51)
            // The same again, and the same content under a newer version.
            #expect(try await bridge.patchObjects(objects) == [0, 50])
            let newer = (0..<50).map { ("p\($0)", Self.request(2, $0 < 10 ? "new" : "v\($0)")) }
            #expect(try await bridge.patchObjects(newer) == [10, 40])
            #expect(await Self.settle(bridge))
            #expect(bridge.google.calls.filter { $0.path.hasPrefix("offerObject") }.count == 60)
            #expect(bridge.google.calls.filter { $0.method == .patch }.count == 10)
        }
    }

    @Test("writes only the newest of many changes that came while Google was slow")
    func coalescing() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.putObject("p1", Self.request(1, "first"))
            bridge.google.script(.slow(.seconds(8))) { $0.method == .patch }
            for version in 2...20 {
                #expect(try await bridge.patchObjects([("p1", Self.request(version, "v\(version)"))]) == [1, 0])
            }
            #expect(await Self.settle(bridge))
            let patches = bridge.google.calls.filter { $0.method == .patch }
            #expect(patches.count <= 3)
            #expect("\(patches.last?.body ?? .null)".contains("v20"))
            #expect(try await bridge.count("SELECT count(*) FROM google.resources WHERE state <> 'ready'") == 0)
        }
    }

    @Test("tries again what Google can't do now, and keeps Google's words until it could")
    func retries() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(
                .answer(.internalServerError, reason: "backendError", message: "Ouch."), times: 1_000_000
            ) { $0.path == "offerObject" }
            #expect(try await bridge.patchObjects([("p1", Self.request(1, "a"))]) == [1, 0])
            let isTold = await eventually {
                let item = try? await bridge.get("/admin/v1/operations?state=pending")["items"]?[0]
                return item?["lastError"] == "Ouch." && item?["lastStatus"] == 500
            }
            #expect(isTold)
            bridge.google.endScripts()
            #expect(await Self.settle(bridge))
            let done = try await bridge.get("/admin/v1/operations?state=done&limit=500")["items"]?.arrayValue?.last
            let calls = bridge.google.calls.filter { $0.path.hasPrefix("offerObject") }.count
            #expect(calls >= 2 && done?["attempts"]?.intValue == calls)
            #expect(done?["lastError"] == .null && done?["kind"] == "insertObject")
        }
    }

    @Test("finds what a time-out hid: 409, one look, and a patch of what differs")
    func conflict() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(.doneButLate(.seconds(30))) { $0.path == "offerObject" }
            #expect(try await bridge.patchObjects([("p1", Self.request(1, "old"))]) == [1, 0])
            let isThere = await eventually { bridge.google.resource(BridgeUnderTest.objectPath("p1")) != nil }
            #expect(isThere)
            // Google's own members and the spelling of its answers are no difference.
            bridge.google.edit(BridgeUnderTest.objectPath("p1")) {
                $0["state"] = "active"
                $0["hasUsers"] = true
                $0["version"] = "1"
            }
            #expect(try await bridge.patchObjects([("p1", Self.request(2, "new"))]) == [1, 0])
            #expect(await Self.settle(bridge))
            let calls = bridge.google.calls.filter { $0.path.hasPrefix("offerObject") }.map(\.method)
            #expect(calls == [.post, .post, .get, .patch])
            let patch = bridge.google.calls.last?.body
            #expect("\(patch ?? .null)".contains("new") && patch?["state"] == nil && patch?["id"] == nil)
            #expect(bridge.google.resources.count == 2)
        }
    }

    @Test("makes anew what Google lost, its class first")
    func lost() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.putObject("p1", Self.request(1, "a"))
            bridge.google.lose(BridgeUnderTest.objectPath("p1"))
            bridge.google.lose(BridgeUnderTest.classPath)
            #expect(try await bridge.patchObjects([("p1", Self.request(2, "b"))]) == [1, 0])
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resources == [BridgeUnderTest.classPath, BridgeUnderTest.objectPath("p1")])
        }
    }

    @Test("clears a member that is no longer wanted, even when nobody knows whether it arrived")
    func clears() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.putObject("p1", Self.request(1, "a"))
            let expiring = BridgeUnderTest.coupon(value: "a", expires: "2100-01-01T00:00:00Z")
            bridge.google.script(.doneButLate(.seconds(30))) { $0.method == .patch }
            #expect(
                try await bridge.patchObjects([("p1", BridgeUnderTest.objectRequest(version: 2, pass: expiring))]) == [
                    1, 0,
                ])
            let arrived = await eventually {
                bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["validTimeInterval"] != nil
            }
            #expect(arrived)
            #expect(try await bridge.patchObjects([("p1", Self.request(3, "a"))]) == [1, 0])
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["validTimeInterval"] == nil)
        }
    }

    @Test("lets two replicas share it: each write happens once")
    func replicas() async throws {
        try await BridgeUnderTest.run(replicas: 2) { bridge in
            try await bridge.prepare()
            for batch in 0..<4 {
                let objects = (0..<250).map { ("b\(batch)-\($0)", Self.request(1, "v")) }
                #expect(try await bridge.patchObjects(objects) == [250, 0])
            }
            #expect(await Self.settle(bridge))
            let inserts = bridge.google.calls.filter { $0.method == .post && $0.path == "offerObject" }
            #expect(inserts.count == 1_000)
            #expect(bridge.google.resources.count == 1_001)
        }
    }

    @Test("keeps the pace together with a second replica, priorities and all")
    func pace() async throws {
        try await BridgeUnderTest.run(settings: ["GOOGLE_RATE_PER_SECOND": "40"], replicas: 2) { bridge in
            try await bridge.prepare()
            let start = ContinuousClock.now
            #expect(try await bridge.patchObjects((0..<120).map { ("p\($0)", Self.request(1, "v")) }) == [120, 0])
            #expect(await Self.settle(bridge))
            #expect(PaceReading(bridge.google.calls.map(\.at), since: start).keeps(40))
        }
    }

    @Test("goes on after Google was down: all is written, each once")
    func outage() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(
                .answer(.serviceUnavailable, reason: "backendError", message: "Down."), times: 1_000_000)
            #expect(try await bridge.patchObjects((0..<100).map { ("p\($0)", Self.request(1, "v")) }) == [100, 0])
            let isTried = await eventually { bridge.google.calls.count > 100 }
            #expect(isTried)
            bridge.google.endScripts()
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resources.count == 101)
        }
    }

    @Test("takes over what a replica that died had taken")
    func takeover() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            try await bridge.putIssuer()
            #expect(try await bridge.putClass().status == .ok)
            let operations = OperationStore(database: bridge.pool)
            let issuer = try #require(GoogleIssuerID(rawValue: GoogleFixtures.issuerID))
            // Taken here by the call itself, whose process then never did it.
            #expect(try await operations.lease(of: issuer, upTo: 10).isEmpty)
            try await bridge.pool.execute("UPDATE google.operations SET leased_until = now()")
            let taken = try await operations.lease(of: issuer, upTo: 10)
            #expect(taken.count == 1)
            // Whoever had it before can't end it any more.
            let stale = LeasedOperation(
                id: taken[0].id, kind: taken[0].kind, priority: taken[0].priority, attempt: taken[0].attempt - 1,
                message: nil, notifies: false, resource: taken[0].resource, isClassAtGoogle: true)
            _ = try await ResourceStore(database: bridge.pool).written(stale, as: .insertClass)
            #expect(try await bridge.count("SELECT count(*) FROM google.resources WHERE is_at_google") == 0)
            _ = try await ResourceStore(database: bridge.pool).written(taken[0], as: .insertClass)
            #expect(try await bridge.count("SELECT count(*) FROM google.resources WHERE state = 'ready'") == 1)
        }
    }
}
