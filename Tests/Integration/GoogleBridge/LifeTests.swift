import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("The life of a pass at Google") struct LifeTests {
    private static func settle(_ bridge: BridgeUnderTest) async -> Bool {
        await eventually(within: .seconds(60)) {
            (try? await bridge.count("SELECT count(*) FROM google.operations WHERE state = 'pending'")) == 0
        }
    }

    @Test("ends at its moment, once, though two replicas look for it")
    func expiry() async throws {
        try await BridgeUnderTest.run(replicas: 2) { bridge in
            let start = Instant.now()
            bridge.set(now: start)
            try await bridge.prepare()
            let pass = BridgeUnderTest.coupon(expires: start.adding(seconds: 3_600).rfc3339)
            _ = try await bridge.putObject("p1", BridgeUnderTest.objectRequest(pass: pass))
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["state"] == "ACTIVE")
            bridge.set(now: start.adding(seconds: 3_601))
            let isExpired = await eventually {
                bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["state"] == "EXPIRED"
            }
            #expect(isExpired)
            #expect(await Self.settle(bridge))
            #expect(bridge.google.calls.filter { $0.method == .patch }.count == 1)
            // A later end brings it back.
            let longer = BridgeUnderTest.coupon(expires: start.adding(seconds: 7_200).rfc3339)
            _ = try await bridge.patchObjects([("p1", BridgeUnderTest.objectRequest(version: 2, pass: longer))])
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["state"] == "ACTIVE")
        }
    }

    @Test("ends at once when it is voided")
    func voided() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.putObject("p1")
            _ = try await bridge.patchObjects([("p1", BridgeUnderTest.objectRequest(version: 2, voided: true))])
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["state"] == "INACTIVE")
        }
    }

    @Test("notifies three times in a day, and adds further messages in silence")
    func notifications() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            func request(_ version: Int) -> JSONObject {
                BridgeUnderTest.objectRequest(
                    version: version,
                    pass: BridgeUnderTest.coupon(value: "\(version) %", changeMessage: "Now %@ off"))
            }
            _ = try await bridge.putObject("p1", request(1))
            for version in 2...6 {
                _ = try await bridge.patchObjects([("p1", request(version))])
                #expect(await Self.settle(bridge))
            }
            let messages = bridge.google.messages(of: BridgeUnderTest.objectPath("p1"))
            #expect(messages.map { $0["body"] } == (2...6).map { "Now \($0) % off" })
            let notifying = ["TEXT_AND_NOTIFY", "TEXT_AND_NOTIFY", "TEXT_AND_NOTIFY", "TEXT", "TEXT"]
            #expect(messages.map { $0["messageType"]?.stringValue } == notifying)
        }
    }

    @Test("is written without places on a map once Google refuses them to the issuer")
    func locations() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            guard case .object(var pass) = BridgeUnderTest.coupon() else { return }
            pass["locations"] = [["latitude": 52.5, "longitude": 13.4]]
            bridge.google.script(
                .answer(
                    .badRequest, reason: "invalidResource",
                    message: "Issuer not allowlisted for Merchant Locations. Please contact support.")
            ) { $0.body["merchantLocations"] != nil }
            let answer = try await bridge.putClass(pass: .object(pass)).json()
            #expect(answer["googleClass"]?["state"] == "ready", "\(answer)")
            #expect(bridge.google.resource(BridgeUnderTest.classPath) != nil)
            #expect(bridge.google.resource(BridgeUnderTest.classPath)?["merchantLocations"] == nil)
            // What can't be written is no difference that a sync could mend.
            #expect(try await bridge.get("/admin/v1/classes/spring/drift")["differences"] == [])
            let other = try await bridge.putClass("autumn", pass: .object(pass)).json()
            #expect(other["googleClass"]?["state"] == "ready" && "\(other["warnings"] ?? .null)".contains("ocation"))
            #expect(bridge.google.calls.filter { $0.body["merchantLocations"] != nil }.count == 1)
        }
    }

    @Test("is told step by step, with callbacks and what Google says when it is asked")
    func events() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.putObject("p1")
            _ = try await bridge.putObject("p2")
            let sender = try CallbackSender(bridge)
            for (event, nonce) in [("save", "n1"), ("del", "n2")] {
                let message: JSONValue = [
                    "classId": .string("\(GoogleFixtures.issuerID).spring"),
                    "objectId": .string("\(GoogleFixtures.issuerID).p1"), "eventType": .string(event),
                    "expTimeMillis": .number(JSONNumber((Instant.now().wholeSeconds + 3_600) * 1_000)), "count": 1,
                    "nonce": .string(nonce),
                ]
                let body = try sender.body(message)
                let response = try await bridge.send(.post, "/callbacks/google", body: body)
                #expect(response.status == .ok)
            }
            let events = try await bridge.get("/rpc/v1/objects/p1/events")["events"]?.arrayValue?.compactMap {
                $0["kind"]?.stringValue
            }
            #expect(events == ["googleWritten", "googleSaved", "googleDeleted"])
            // p2 was saved, and nobody called back.
            bridge.google.edit(BridgeUnderTest.objectPath("p2")) { $0["hasUsers"] = true }
            try await bridge.pool.execute("UPDATE google.resources SET reconciled_at = now() - interval '2 days'")
            let isFound = await eventually(within: .seconds(60)) {
                (try? await bridge.get("/rpc/v1/objects/p2/events")["events"]?.arrayValue?.last?["kind"])
                    == "googleSaved"
            }
            #expect(isFound)
            let days = try await bridge.get("/rpc/v1/statistics")["days"]
            #expect(days?.arrayValue?.count == 1 && days?[0]?["googleSaved"] == 2 && days?[0]?["googleDeleted"] == 1)
            let bad = try await bridge.call(.get, "/rpc/v1/statistics?from=2026-02-01&to=2026-01-01")
            #expect(bad.status == .badRequest)
        }
    }

    @Test("is asked for page by page, each class once in its time")
    func reconciliation() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.patchObjects((0..<450).map { ("p\($0)", BridgeUnderTest.objectRequest()) })
            #expect(await Self.settle(bridge))
            for number in 0..<450 where number.isMultiple(of: 3) {
                bridge.google.edit(BridgeUnderTest.objectPath("p\(number)")) { $0["hasUsers"] = true }
            }
            try await bridge.pool.execute("UPDATE google.resources SET reconciled_at = now() - interval '2 days'")
            let isDone = await eventually(within: .seconds(90)) {
                (try? await bridge.count("SELECT count(*) FROM google.objects WHERE has_users")) == 150
            }
            #expect(isDone)
            let lists = bridge.google.calls.filter { $0.method == .get && $0.path == "offerObject" }
            #expect(lists.count == 3)
        }
    }
}
