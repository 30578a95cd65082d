import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("A person's save link") struct ObjectIssuingTests {
    private static let issuerID = GoogleFixtures.issuerID

    @Test("carries ids alone once class and object are at Google")
    func ids() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let answer = try await bridge.written { try await bridge.putObject("p1") }
            #expect(answer["mode"] == "id" && answer["objectId"]?.stringValue == "\(Self.issuerID).p1")
            let link = try SaveLink(answer)
            let expected: JSONValue = [
                "offerObjects": [["classId": .string("\(Self.issuerID).spring"), "id": .string("\(Self.issuerID).p1")]]
            ]
            #expect(link.claims["payload"] == expected)
            #expect(link.length < 900)
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["state"] == "ACTIVE")
        }
    }

    @Test("writes a class first that is not there yet, in the same call")
    func classFirst() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.script(.answer(.serviceUnavailable, reason: "backendError", message: "Later."), times: 1)
            let put = try await bridge.putClass()
            #expect(put.status == .ok)
            let response = try await bridge.putObject("p1")
            let answer = try response.json()
            #expect(answer["mode"] == "id", "\(answer)")
            #expect(bridge.google.resources == [BridgeUnderTest.classPath, BridgeUnderTest.objectPath("p1")])
        }
    }

    @Test("makes one object, however often and however many at once ask for it")
    func once() async throws {
        try await BridgeUnderTest.run(replicas: 2) { bridge in
            try await bridge.prepare()
            try await withThrowingTaskGroup(of: JSONValue.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        try await bridge.written { try await bridge.putObject("p1", replica: number % 2) }
                    }
                }
                for try await answer in group { #expect(answer["mode"] == "id", "\(answer)") }
            }
            let inserts = bridge.google.calls.filter { $0.method == .post && $0.path == "offerObject" }
            #expect(inserts.count == 1)
            #expect(try await bridge.count("SELECT count(*) FROM google.events WHERE kind = 'googleWritten'") == 1)
        }
    }

    @Test("carries the whole object when Google is slow, and the write goes on; it is never made twice")
    func slow() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(.doneButLate(.seconds(30))) { $0.method == .post && $0.path == "offerObject" }
            let start = ContinuousClock.now
            let response = try await bridge.putObject("p1")
            #expect(start.duration(to: .now) < .seconds(9))
            let answer = try response.json()
            #expect(answer["mode"] == "full", "\(answer)")
            let link = try SaveLink(answer)
            let object = link.claims["payload"]?["offerObjects"]?[0]
            #expect(object?["id"]?.stringValue == "\(Self.issuerID).p1" && object?["state"] == "ACTIVE")
            #expect(link.claims["payload"]?["offerClasses"] == nil)
            #expect(link.length <= 1_800)
            // Google made it, said so too late, and is asked again: 409 and no second object.
            let isWritten = await eventually(within: .seconds(60)) {
                (try? await bridge.count("SELECT count(*) FROM google.resources WHERE state = 'ready'")) == 2
            }
            #expect(isWritten)
            #expect(bridge.google.resources.count == 2)
            let again = try await bridge.putObject("p1").json()
            #expect(again["mode"] == "id")
        }
    }

    @Test("carries the class too when that is not at Google either")
    func wholeClass() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.script(.answer(.serviceUnavailable, reason: "backendError", message: "Down."), times: 1_000)
            #expect(try await bridge.putClass().json()["googleClass"]?["state"] == "pending")
            let answer = try await bridge.putObject("p1").json()
            #expect(answer["mode"] == "full", "\(answer)")
            let payload = try SaveLink(answer).claims["payload"]
            #expect(payload?["offerClasses"]?[0]?["id"]?.stringValue == "\(Self.issuerID).spring")
            bridge.google.endScripts()
            let isWritten = await eventually(within: .seconds(60)) { bridge.google.resources.count == 2 }
            #expect(isWritten)
        }
    }

    @Test("is 503 with Retry-After when Google is down and the object is too long for a link")
    func tooLong() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            await bridge.google.stop()
            let long = BridgeUnderTest.coupon(value: String(repeating: "long ", count: 400))
            let response = try await bridge.putObject("p1", BridgeUnderTest.objectRequest(pass: long))
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers["Retry-After"] != nil)
        }
    }

    @Test("several passes have one link, which stays within 1,800 characters with as many as ten")
    func several() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let passes = (0..<10).map { ("0f9c1b2d3e4f5a6b7c8d9e0f1a2b3c4\($0)", BridgeUnderTest.objectRequest()) }
            let answer = try await bridge.written { try await bridge.putObjects(Array(passes.prefix(2))) }
            #expect(answer["mode"] == "id", "\(answer)")
            let ids = passes.map { "\(Self.issuerID).\($0.0)" }
            #expect(answer["objectIds"] == .array(ids.prefix(2).map(JSONValue.string)))
            let objects = try SaveLink(answer).claims["payload"]?["offerObjects"]?.arrayValue
            #expect(objects?.map { $0["id"] } == ids.prefix(2).map(JSONValue.string))
            #expect(objects?.allSatisfy { $0["classId"]?.stringValue == "\(Self.issuerID).spring" } == true)

            let all = try SaveLink(try await bridge.written { try await bridge.putObjects(passes) })
            #expect(all.length <= 1_800)
            #expect(all.claims["payload"]?["offerObjects"]?.arrayValue == ids.map { ["id": .string($0)] })
            #expect(bridge.google.resources.count == 11)
        }
    }

    @Test("several passes with one that Google refuses are refused, naming it")
    func oneOfSeveralRefused() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let response = try await bridge.putObjects([
                ("p1", BridgeUnderTest.objectRequest()), ("p2", BridgeUnderTest.objectRequest(campaign: "nobody")),
            ])
            #expect(response.status == .notFound)
            let problem = try response.json()
            #expect(problem["detail"]?.stringValue?.hasPrefix("Pass 2 of the link: ") == true)
            #expect(problem["errors"]?[0]?["pointer"] == "/objects/1")
            let twice = try await bridge.putObjects([
                ("p1", BridgeUnderTest.objectRequest()), ("p1", BridgeUnderTest.objectRequest()),
            ])
            #expect(twice.status == .unprocessableContent)
            #expect(try await bridge.putObjects([]).status == .unprocessableContent)
        }
    }

    @Test("is refused in Google's words when it refuses the object or the class")
    func refused() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(.answer(.badRequest, reason: "invalidResource", message: "Bad hexBackgroundColor")) {
                $0.path == "offerObject"
            }
            let response = try await bridge.putObject("p1")
            #expect(response.status == .unprocessableContent)
            #expect(String(decoding: response.body, as: UTF8.self).contains("Bad hexBackgroundColor"))
            let failed = try await bridge.get("/admin/v1/operations?state=failed")["items"]?[0]
            #expect(failed?["target"] == "object:p1" && failed?["kind"] == "insertObject")
            #expect(failed?["lastStatus"] == 400 && failed?["lastError"] == "Bad hexBackgroundColor")
            #expect(failed?["remedy"]?.stringValue?.isEmpty == false && failed?["nextAttemptAt"] == .null)
        }
    }

    @Test("is 409 before its class was sent, or without credentials")
    func unknown() async throws {
        try await BridgeUnderTest.run { bridge in
            let noClass = try await bridge.putObject("p1")
            #expect(noClass.status == .notFound)
            let noIssuer = try await bridge.putClass()
            #expect(noIssuer.status == .notFound)
        }
    }

    @Test("keeps its older content when an older version comes late")
    func older() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let newer = BridgeUnderTest.objectRequest(version: 3, pass: BridgeUnderTest.coupon(value: "30 %"))
            _ = try await bridge.putObject("p1", newer)
            let older = BridgeUnderTest.objectRequest(version: 2, pass: BridgeUnderTest.coupon(value: "20 %"))
            let answer = try await bridge.written { try await bridge.putObject("p1", older) }
            #expect(answer["mode"] == "id", "\(answer)")
            #expect("\(bridge.google.resource(BridgeUnderTest.objectPath("p1")) ?? [:])".contains("30 %"))
            #expect(bridge.google.calls.filter { $0.path.hasPrefix("offerObject") }.count == 1)
        }
    }

    @Test("is answered within a second while 10,000 updates wait")
    func behindRollout() async throws {
        try await BridgeUnderTest.run(settings: ["GOOGLE_RATE_PER_SECOND": "20"]) { bridge in
            try await bridge.prepare()
            for batch in 0..<20 {
                let objects = (0..<500).map { ("r\(batch)-\($0)", BridgeUnderTest.objectRequest()) }
                #expect(try await bridge.patchObjects(objects) == [500, 0])
            }
            #expect(try await bridge.count("SELECT count(*) FROM google.operations WHERE state = 'pending'") > 9_000)
            var times: [Duration] = []
            for number in 0..<5 {
                let start = ContinuousClock.now
                let answer = try await bridge.written { try await bridge.putObject("person-\(number)") }
                times.append(start.duration(to: .now))
                #expect(answer["mode"] == "id", "\(answer)")
            }
            #expect(times.sorted()[times.count / 2] < .seconds(1), "\(times)")
        }
    }
}
