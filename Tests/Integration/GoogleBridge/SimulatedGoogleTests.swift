import GoogleWalletSchema
import GoogleWalletSimulator
import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("The bridge at the simulated Google") struct SimulatedGoogleTests {
    private static let issuerID = GoogleFixtures.issuerID
    private static let classID = "\(issuerID).spring"
    private static func objectID(_ serialNumber: String) -> String { "\(issuerID).\(serialNumber)" }

    /// A pass whose changes are announced to whoever saved it.
    private static func announced(_ version: Int) -> JSONObject {
        BridgeUnderTest.objectRequest(
            version: version, pass: BridgeUnderTest.coupon(value: "\(version) %", changeMessage: "Now %@ off"))
    }

    private static func prepare(_ google: SimulatedGoogle, pass: JSONValue = BridgeUnderTest.coupon()) async throws {
        let answer = try await google.bridge.written { try await google.bridge.putClass(pass: pass) }
        #expect(answer["googleClass"]?["state"] == "ready", "\(answer)")
    }

    @Test("goes the whole way: class, link, save page, callback, update, message, deletion")
    func circle() async throws {
        try await SimulatedGoogle.run { google in
            let (wallet, bridge) = (google.wallet, google.bridge)
            try await Self.prepare(google)
            // Where Google reaches this service is known once it listens.
            try await google.edit(
                Self.classID, .offer,
                [
                    "callbackOptions": ["url": .string(bridge.publicURL + "/callbacks/google")],
                    "reviewStatus": "UNDER_REVIEW",
                ])
            let request = BridgeUnderTest.objectRequest(
                pass: BridgeUnderTest.coupon(value: "10 %", changeMessage: "Now %@"))
            let answer = try await bridge.written { try await bridge.putObject("p1", request) }
            #expect(answer["mode"] == "id", "\(answer)")
            let link = try #require(answer["saveUrl"]?.stringValue)
            #expect(try await wallet.save(link: link) == [Self.objectID("p1")])
            let isTold = await eventually {
                (try? await bridge.get("/rpc/v1/objects/p1/events")["events"]?.arrayValue?.last?["kind"])
                    == "googleSaved"
            }
            #expect(isTold)
            _ = try await bridge.patchObjects([
                (
                    "p1",
                    BridgeUnderTest.objectRequest(
                        version: 2, pass: BridgeUnderTest.coupon(value: "20 %", changeMessage: "Now %@"))
                )
            ])
            #expect(await google.settle())
            let object = wallet.resource(.object, Self.objectID("p1"))
            #expect("\(object ?? [:])".contains("20 %"))
            #expect(object?["messages"]?[0]?["body"] == "Now 20 %")
            #expect(wallet.sentNotices.count == 1)
            #expect(wallet.delete(object: Self.objectID("p1")))
            let isDeleted = await eventually {
                (try? await bridge.get("/admin/v1/classes/spring/objects")["items"]?[0]?["saved"]) == false
            }
            #expect(isDeleted)
        }
    }

    @Test("lets a person save a whole link while Google's API is down, and then finds that pass")
    func wholeLink() async throws {
        try await SimulatedGoogle.run { google in
            try await Self.prepare(google)
            google.wallet.script(Fault(.refuse, path: "offerObject", times: nil))
            let answer = try await google.bridge.putObject("p1").json()
            #expect(answer["mode"] == "full", "\(answer)")
            let link = try #require(answer["saveUrl"]?.stringValue)
            #expect(try await google.wallet.save(link: link) == [Self.objectID("p1")])
            google.wallet.clearFaults()
            let newer = BridgeUnderTest.objectRequest(version: 2, pass: BridgeUnderTest.coupon(value: "50 %"))
            #expect(try await google.bridge.patchObjects([("p1", newer)]) == [1, 0])
            #expect(await google.settle())
            #expect(google.wallet.resourceCounts.objects == 1)
            #expect("\(google.wallet.resource(.object, Self.objectID("p1")) ?? [:])".contains("50 %"))
        }
    }

    @Test("makes one object when the answer to its insert is lost again and again")
    func lostAnswers() async throws {
        try await SimulatedGoogle.run { google in
            try await Self.prepare(google)
            // Longer than anyone waits: a connection that only closes is tried again below the bridge.
            google.wallet.script(Fault(.loseAnswer, method: "POST", path: "offerObject", times: 3, milliseconds: 4_000))
            let answer = try await google.bridge.putObject("p1").json()
            #expect(answer["mode"] == "full", "\(answer)")
            #expect(await google.settle())
            #expect(google.wallet.resourceCounts.objects == 1)
            #expect(try await google.bridge.putObject("p1").json()["mode"] == "id")
        }
    }

    @Test("finds no drift in Google's own spelling, and tells and repairs what the console changed")
    func drift() async throws {
        try await SimulatedGoogle.run { google in
            try await Self.prepare(google)
            let path = "/admin/v1/classes/spring/drift"
            #expect(try await google.bridge.get(path)["differences"] == [])
            try await google.edit(
                Self.classID, .offer,
                [
                    "hexBackgroundColor": "#00FF00", "homepageUri": ["uri": "https://console.example"],
                    "reviewStatus": "UNDER_REVIEW",
                ])
            let differences = try await google.bridge.get(path)["differences"]
            #expect(differences?.arrayValue?.count == 1 && differences?[0]?["origin"] == "console")
            #expect(differences?[0]?["remote"] == "#00ff00")
            _ = try await google.bridge.call(.post, "/admin/v1/classes/spring/sync")
            #expect(await google.settle())
            #expect(try await google.bridge.get(path)["differences"] == [])
            let stored = google.wallet.resource(.class, Self.classID)
            #expect(stored?["homepageUri"]?["uri"] == "https://console.example")
        }
    }

    @Test("never exceeds Google's pace, two replicas together, with people, classes and a rollout at once")
    func pace() async throws {
        // Room for calls that a busy machine holds up for three seconds and then sends at once.
        try await SimulatedGoogle.run(replicas: 2) {
            $0.burst = 60
        } _: { google in
            let bridge = google.bridge
            try await Self.prepare(google)
            let start = Instant.now()
            _ = try await bridge.patchObjects((0..<120).map { ("r\($0)", BridgeUnderTest.objectRequest()) })
            try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        try await bridge.putObject("person-\(number)", replica: number % 2).status
                    }
                }
                for try await status in group { #expect(status == .ok) }
            }
            _ = try await bridge.putClass(version: 2, pass: BridgeUnderTest.coupon(colour: "rgb(1, 2, 3)"))
            #expect(await google.settle())
            #expect(google.wallet.callCountByStatus[429] == nil)
            let calls = google.wallet.calls.filter { $0.issuerId == Self.issuerID }
            #expect(PaceReading(calls.map(\.at), since: start).keeps(20))
            #expect(google.wallet.resourceCounts.objects == 130)
        }
    }

    @Test("slows down when Google says 429, and loses nothing")
    func tooFast() async throws {
        let narrow: @Sendable (inout GoogleWalletSettings) -> Void = { $0.burst = 5 }
        try await SimulatedGoogle.run(settings: ["GOOGLE_RATE_PER_SECOND": "100"], google: narrow) { google in
            try await Self.prepare(google)
            _ = try await google.bridge.patchObjects((0..<60).map { ("r\($0)", BridgeUnderTest.objectRequest()) })
            #expect(await google.settle())
            #expect(google.wallet.callCountByStatus[429] != nil)
            #expect(google.wallet.resourceCounts.objects == 60)
        }
    }

    @Test("notifies within Google's budget, and arrives in silence beyond it")
    func notices() async throws {
        try await SimulatedGoogle.run { google in
            try await Self.prepare(google)
            _ = try await google.bridge.putObject("p1", Self.announced(1))
            for version in 2...15 {
                _ = try await google.bridge.patchObjects([("p1", Self.announced(version))])
                #expect(await google.settle())
            }
            // Google takes ten messages: the oldest went for the newest.
            let messages = google.wallet.resource(.object, Self.objectID("p1"))?["messages"]?.arrayValue ?? []
            #expect(messages.count == 10 && messages.last?["body"] == "Now 15 % off")
            #expect(google.wallet.sentNotices.count == 3)
            let failed = try await google.bridge.get("/admin/v1/operations?state=failed")["items"]
            #expect(failed == [], "\(failed ?? .null)")
        }
    }

    @Test("makes room for a message again when a late call has taken the place that was made")
    func lateMessage() async throws {
        try await SimulatedGoogle.run { google in
            try await Self.prepare(google)
            func messages() -> [JSONValue] {
                google.wallet.resource(.object, Self.objectID("p1"))?["messages"]?.arrayValue ?? []
            }
            _ = try await google.bridge.putObject("p1", Self.announced(1))
            for version in 2...11 {
                _ = try await google.bridge.patchObjects([("p1", Self.announced(version))])
                #expect(await google.settle())
            }
            // Between the room that is made and the message somebody else's comes.
            google.wallet.script(Fault(.delay, path: "addMessage", skips: 1, milliseconds: 8_000))
            _ = try await google.bridge.patchObjects([("p1", Self.announced(12))])
            #expect(await eventually { messages().count == 9 })
            let late: JSONValue = ["id": "late", "header": "Late", "body": "From a call that was late"]
            try await google.edit(Self.objectID("p1"), .offer, at: .object, ["messages": .array(messages() + [late])])
            #expect(await google.settle())
            #expect(messages().last?["body"] == "Now 12 % off")
            let failed = try await google.bridge.get("/admin/v1/operations?state=failed")["items"]
            #expect(failed == [], "\(failed ?? .null)")
        }
    }

    @Test("sends messages that pile up one after the other, so that the newest ten are there")
    func manyMessages() async throws {
        try await SimulatedGoogle.run { google in
            try await Self.prepare(google)
            _ = try await google.bridge.putObject("p1", Self.announced(1))
            google.wallet.script(Fault(.delay, path: "addMessage", milliseconds: 2_000))
            for version in 2...25 { _ = try await google.bridge.patchObjects([("p1", Self.announced(version))]) }
            #expect(await google.settle())
            let messages = google.wallet.resource(.object, Self.objectID("p1"))?["messages"]?.arrayValue ?? []
            #expect(messages.map { $0["body"] } == (16...25).map { .string("Now \($0) % off") })
            let failed = try await google.bridge.get("/admin/v1/operations?state=failed")["items"]
            #expect(failed == [], "\(failed ?? .null)")
        }
    }

    @Test("drops places on a map that Google refuses to the issuer")
    func locations() async throws {
        try await SimulatedGoogle.run { google in
            guard case .object(var pass) = BridgeUnderTest.coupon() else { return }
            pass["locations"] = [["latitude": 52.5, "longitude": 13.4]]
            try await Self.prepare(google, pass: .object(pass))
            #expect(google.wallet.resource(.class, Self.classID) != nil)
        }
    }

    private static func checks(_ google: SimulatedGoogle) async throws -> [String?] {
        try await google.bridge.get("/rpc/v1/issuers/acme/checks")["checks"]?.arrayValue?.map {
            $0["state"]?.stringValue
        } ?? []
    }

    @Test("checks token, issuer and permission in Google's words")
    func checks() async throws {
        try await SimulatedGoogle.run { google in
            let good = try await Self.checks(google)
            #expect(good == ["ok", "ok", "ok", "ok"])
            google.wallet.changeIssuer(Self.issuerID) { $0.permissions[GoogleFixtures.clientEmail] = .reader }
            let reader = try await Self.checks(google)
            #expect(reader == ["ok", "ok", "failed", "ok"])
            google.wallet.changeIssuer(Self.issuerID) { $0.permissions = [:] }
            let stranger = try await Self.checks(google)
            #expect(stranger == ["ok", "failed"])
            google.wallet.removeServiceAccount(GoogleFixtures.clientEmail)
            let nobody = try await Self.checks(google)
            #expect(nobody == ["failed"])
        }
    }

    private static func ticket(_ event: String) -> JSONValue {
        [
            "description": "A ticket", "organizationName": "Acme",
            "eventTicket": [
                "primaryFields": [["key": "event", "label": "Event", "value": .string(event)]],
                "auxiliaryFields": [["key": "seat", "label": "Seat", "value": .string("Seat of \(event)")]],
            ],
        ]
    }

    @Test("keeps a pass in its class when its values would be another's, since Google does not move it")
    func moved() async throws {
        try await SimulatedGoogle.run { google in
            let pointers = ["/pass/eventTicket/primaryFields/0/value", "/pass/eventTicket/auxiliaryFields/0/value"]
            _ = try await google.bridge.putClass(pass: Self.ticket("{{voucher.event}}"), tokenPointers: pointers)
            _ = try await google.bridge.putObject("p1", BridgeUnderTest.objectRequest(pass: Self.ticket("Opera")))
            let before = google.wallet.resource(.object, Self.objectID("p1"))?["classId"]
            #expect(before != nil)
            _ = try await google.bridge.patchObjects([
                ("p1", BridgeUnderTest.objectRequest(version: 2, pass: Self.ticket("Ballet")))
            ])
            #expect(await google.settle())
            let object = google.wallet.resource(.object, Self.objectID("p1"))
            #expect(object?["classId"] == before && "\(object ?? [:])".contains("Seat of Ballet"))
            let item = try await google.bridge.get("/admin/v1/classes/spring/objects")["items"]?[0]
            #expect(item?["classId"] == before && item?["state"] == "ready", "\(item ?? .null)")
            #expect(item?["error"]?.stringValue?.isEmpty == false)
            #expect(try await google.bridge.putObject("p1").json()["mode"] == "id")
        }
    }
}
