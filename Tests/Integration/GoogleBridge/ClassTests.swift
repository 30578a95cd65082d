import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("A campaign's class") struct ClassTests {
    private static let issuerID = GoogleFixtures.issuerID

    private static func ticket(_ event: String, tokens: Bool = false) -> JSONValue {
        [
            "description": "A ticket", "organizationName": "Acme",
            "eventTicket": ["primaryFields": [["key": "event", "label": "Event", "value": .string(event)]]],
        ]
    }

    @Test("is made, and changed with one call for all its passes")
    func change() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let calls = bridge.google.calls.count
            let changed = BridgeUnderTest.coupon(colour: "rgb(255, 0, 0)")
            let answer = try await bridge.written { try await bridge.putClass(version: 2, pass: changed) }
            #expect(answer["googleClass"]?["state"] == "ready")
            #expect(answer["googleClass"]?["classId"]?.stringValue == "\(Self.issuerID).spring")
            #expect(bridge.google.calls.count == calls + 1)
            #expect(bridge.google.calls.last?.method == .patch)
            #expect(bridge.google.calls.last?.body["reviewStatus"] == "UNDER_REVIEW")
            #expect(bridge.google.resource(BridgeUnderTest.classPath)?["hexBackgroundColor"] == "#ff0000")
            // The same again and an older one change nothing.
            _ = try await bridge.putClass(version: 2, pass: changed)
            _ = try await bridge.putClass(version: 1)
            #expect(bridge.google.calls.count == calls + 1)
        }
    }

    @Test("is pending after five seconds at most while Google does not answer, and ready later")
    func pending() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.script(.slow(.seconds(9)))
            let start = ContinuousClock.now
            let answer = try await bridge.putClass().json()
            #expect(start.duration(to: .now) < .seconds(9))
            #expect(answer["googleClass"]?["state"] == "pending")
            let isReady = await eventually(within: .seconds(60)) {
                (try? await bridge.get("/rpc/v1/classes/spring")["googleClass"]?["state"]) == "ready"
            }
            #expect(isReady)
        }
    }

    @Test("is failed in Google's words, and ready after a retry once the cause is gone")
    func failed() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.script(
                .answer(.forbidden, reason: "permissionDenied", message: "Permission denied."), times: 1)
            let answer = try await bridge.putClass().json()
            #expect(answer["googleClass"]?["state"] == "failed")
            #expect(answer["googleClass"]?["error"] == "Permission denied.")
            let operation = try await bridge.get("/admin/v1/operations?state=failed")["items"]?[0]
            #expect(operation?["remedy"]?.stringValue?.contains(GoogleFixtures.clientEmail) == true)
            let id = try #require(operation?["id"]?.stringValue)
            let retried = try await bridge.call(.post, "/admin/v1/operations/\(id)/retry")
            #expect(retried.status == .accepted)
            let isReady = await eventually {
                (try? await bridge.get("/rpc/v1/classes/spring")["googleClass"]?["state"]) == "ready"
            }
            #expect(isReady)
            let done = try await bridge.call(.post, "/admin/v1/operations/\(id)/retry")
            #expect(done.status == .conflict)
        }
    }

    @Test("is tried again by itself when the account that Google refused is replaced")
    func newCredentials() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.refuseTokens("invalid_grant")
            let answer = try await bridge.putClass().json()
            #expect(answer["googleClass"]?["state"] == "failed", "\(answer)")
            bridge.google.refuseTokens(nil)
            try await bridge.putIssuer(keyID: "k2")
            let isReady = await eventually {
                (try? await bridge.get("/rpc/v1/classes/spring")["googleClass"]?["state"]) == "ready"
            }
            #expect(isReady)
        }
    }

    @Test("gets a new id when its kind changes, since the old one is burnt")
    func generation() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let answer = try await bridge.written {
                try await bridge.putClass(version: 2, google: ["kind": "generic"])
            }
            #expect(answer["googleClass"]?["state"] == "ready", "\(answer)")
            #expect(answer["googleClass"]?["classId"]?.stringValue == "\(Self.issuerID).spring.v2")
            #expect(bridge.google.resources.contains("genericClass/\(Self.issuerID).spring.v2"))
            let item = try await bridge.get("/admin/v1/classes/spring")
            #expect(item["kind"] == "generic" && item["state"] == "ready")
        }
    }

    @Test("is none while nothing was sent")
    func none() async throws {
        try await BridgeUnderTest.run { bridge in
            let answer = try await bridge.get("/rpc/v1/classes/spring")
            #expect(answer["googleClass"]?["state"] == "none")
        }
    }

    @Test("is one for each distinct value of what passes share, made when it is first needed")
    func variants() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let pointer = "/pass/eventTicket/primaryFields/0/value"
            let answer = try await bridge.putClass(
                pass: Self.ticket("{{voucher.event}}"), tokenPointers: [pointer]
            ).json()
            #expect(answer["googleClass"]?["variants"] == 0 && answer["googleClass"]?["state"] == "ready", "\(answer)")
            #expect(bridge.google.calls.isEmpty)
            for (serialNumber, event) in [("p1", "Opera"), ("p2", "Ballet"), ("p3", "Opera")] {
                let request = BridgeUnderTest.objectRequest(pass: Self.ticket(event))
                let object = try await bridge.written { try await bridge.putObject(serialNumber, request) }
                #expect(object["mode"] == "id", "\(object)")
            }
            #expect(bridge.google.resources.filter { $0.hasPrefix("eventTicketClass/") }.count == 2)
            let status = try await bridge.get("/rpc/v1/classes/spring")["googleClass"]
            #expect(status?["variants"] == 2 && status?["state"] == "ready")
        }
    }

    @Test("has so many variants as are allowed, and no more, however many are asked for at once")
    func limit() async throws {
        try await BridgeUnderTest.run(settings: ["MAX_CLASS_VARIANTS": "3"]) { bridge in
            try await bridge.putIssuer()
            let pointer = "/pass/eventTicket/primaryFields/0/value"
            _ = try await bridge.putClass(pass: Self.ticket("{{voucher.event}}"), tokenPointers: [pointer])
            let statuses = try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let request = BridgeUnderTest.objectRequest(pass: Self.ticket("Event \(number)"))
                        return try await bridge.putObject("p\(number)", request).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .ok } == 3)
            #expect(statuses.count { $0 == .conflict } == 5)
        }
    }

    @Test("holds up no other pass when there is no room for one's class, or Google would refuse one")
    func lenient() async throws {
        try await BridgeUnderTest.run(settings: ["MAX_CLASS_VARIANTS": "1"]) { bridge in
            try await bridge.putIssuer()
            let pointer = "/pass/eventTicket/primaryFields/0/value"
            _ = try await bridge.putClass(pass: Self.ticket("{{voucher.event}}"), tokenPointers: [pointer])
            let passes = [("p1", "Opera"), ("p2", "Ballet"), ("p3", "Opera")].map {
                ($0, BridgeUnderTest.objectRequest(pass: Self.ticket($1)))
            }
            var odd = BridgeUnderTest.objectRequest(pass: Self.ticket("Opera"))
            odd["google"] = ["object": ["state": 7]]
            let stranger = BridgeUnderTest.objectRequest(campaign: "unknown")
            let counts = try await bridge.patchObjects(passes + [("p4", odd), ("p5", stranger)])
            #expect(counts == [3, 2])
            let isWritten = await eventually(within: .seconds(60)) {
                bridge.google.resources.filter { $0.hasPrefix("eventTicketObject/") }.count >= 2
            }
            #expect(isWritten)
            // A person is told.
            let full = try await bridge.putObject("p2", BridgeUnderTest.objectRequest(pass: Self.ticket("Ballet")))
            #expect(full.status == .conflict)
            let refused = try await bridge.putObject("p4", odd)
            #expect(refused.status == .unprocessableContent)
        }
    }

    @Test("is judged before anything is stored")
    func validation() async throws {
        try await BridgeUnderTest.run { bridge in
            let body: JSONValue = [
                "walletConfigurationId": "acme", "version": 1, "name": "Spring", "pass": BridgeUnderTest.coupon(),
                "localizations": [:], "tokenPointers": [], "images": [],
                "google": ["class": ["hexBackgroundColor": 7]],
            ]
            let answer = try await bridge.call(.post, "/rpc/v1/validations", body: body).json()
            #expect(answer["kind"] == "offer")
            #expect(answer["errors"]?[0]?["pointer"] == "/google/class/hexBackgroundColor", "\(answer)")
            #expect(try await bridge.count("SELECT count(*) FROM google.classes") == 0)
        }
    }

    @Test("is shown with its object before anything is written")
    func preview() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let answer = try await bridge.call(
                .post, "/rpc/v1/previews", body: .object(BridgeUnderTest.objectRequest())
            ).json()
            #expect(answer["class"]?["id"]?.stringValue == "\(Self.issuerID).spring")
            #expect(answer["object"]?["id"]?.stringValue == "\(Self.issuerID).preview")
            #expect(bridge.google.calls.isEmpty)
        }
    }
}
