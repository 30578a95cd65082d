import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("The administration of classes") struct AdministrationTests {
    private static func settle(_ bridge: BridgeUnderTest) async -> Bool {
        await eventually(within: .seconds(60)) {
            (try? await bridge.count("SELECT count(*) FROM google.operations WHERE state = 'pending'")) == 0
        }
    }

    @Test("finds no drift in what Google answers in its own spelling")
    func noDrift() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.edit(BridgeUnderTest.classPath) {
                $0["reviewStatus"] = "approved"
                $0["redemptionChannel"] = .string($0["redemptionChannel"]?.stringValue?.lowercased() ?? "")
                $0["kind"] = "walletobjects#offerClass"
                $0["version"] = "3"
                $0["homepageUri"] = ["uri": "https://console.example"]
            }
            let drift = try await bridge.get("/admin/v1/classes/spring/drift")
            #expect(drift["differences"] == [], "\(drift)")
        }
    }

    @Test("tells what somebody changed at the console, and repairs it without touching what is not ours")
    func drift() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.edit(BridgeUnderTest.classPath) {
                $0["hexBackgroundColor"] = "#00ff00"
                $0["homepageUri"] = ["uri": "https://console.example"]
            }
            let drift = try await bridge.get("/admin/v1/classes/spring/drift")["differences"]
            #expect(drift?.arrayValue?.count == 1)
            let difference = drift?[0]
            #expect(difference?["pointer"] == "/hexBackgroundColor" && difference?["origin"] == "console")
            #expect(difference?["wanted"] == "#0a141e" && difference?["pushed"] == "#0a141e")
            #expect(difference?["remote"] == "#00ff00")
            #expect(difference?["classId"]?.stringValue == "\(GoogleFixtures.issuerID).spring")
            let sync = try await bridge.call(.post, "/admin/v1/classes/spring/sync")
            #expect(sync.status == .accepted)
            #expect(await Self.settle(bridge))
            let repaired = bridge.google.resource(BridgeUnderTest.classPath)
            #expect(repaired?["hexBackgroundColor"] == "#0a141e")
            #expect(repaired?["homepageUri"] == ["uri": "https://console.example"])
            #expect(try await bridge.get("/admin/v1/classes/spring/drift")["differences"] == [])
        }
    }

    @Test("calls what was not written yet ours")
    func ourDrift() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(
                .answer(.serviceUnavailable, reason: "backendError", message: "Later."), times: 10_000
            ) { $0.method == .patch }
            _ = try await bridge.putClass(version: 2, pass: BridgeUnderTest.coupon(colour: "rgb(1, 2, 3)"))
            let difference = try await bridge.get("/admin/v1/classes/spring/drift")["differences"]?[0]
            #expect(difference?["origin"] == "us" && difference?["wanted"] == "#010203")
            #expect(difference?["pushed"] == "#0a141e" && difference?["remote"] == "#0a141e")
        }
    }

    @Test("keeps a merge patch, at every later change too, until it is removed")
    func override() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let patch: JSONValue = ["hexBackgroundColor": "#abcdef", "helpUri": ["uri": "https://help.example"]]
            let put = try await bridge.call(.put, "/admin/v1/classes/spring", body: patch)
            #expect(put.status == .ok)
            #expect(try put.json()["override"] == patch)
            #expect(await Self.settle(bridge))
            #expect(bridge.google.resource(BridgeUnderTest.classPath)?["hexBackgroundColor"] == "#abcdef")
            _ = try await bridge.putClass(version: 2, pass: BridgeUnderTest.coupon(colour: "rgb(9, 9, 9)"))
            #expect(bridge.google.resource(BridgeUnderTest.classPath)?["hexBackgroundColor"] == "#abcdef")
            // What GET answers can be put back.
            let answer = try await bridge.get("/admin/v1/classes/spring")
            #expect(try await bridge.call(.put, "/admin/v1/classes/spring", body: answer).json()["override"] == patch)
            let deleted = try await bridge.call(.delete, "/admin/v1/classes/spring")
            #expect(deleted.status == .noContent)
            #expect(await Self.settle(bridge))
            let restored = bridge.google.resource(BridgeUnderTest.classPath)
            #expect(restored?["hexBackgroundColor"] == "#090909" && restored?["helpUri"] == nil)
        }
    }

    @Test("refuses a merge patch that Google would refuse, at its place")
    func badOverride() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let response = try await bridge.call(
                .put, "/admin/v1/classes/spring", body: ["hexBackgroundColour": "#abcdef"])
            #expect(response.status == .unprocessableContent)
            #expect(try response.json()["errors"]?[0]?["pointer"] == "/hexBackgroundColour")
            #expect(try await bridge.get("/admin/v1/classes/spring")["override"] == .null)
        }
    }

    @Test("adds a message once, also when Google answered too late; without notice when its quota is used up")
    func messages() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            bridge.google.script(.doneButLate(.seconds(30))) { $0.path.hasSuffix("/addMessage") }
            let message: JSONValue = ["header": "News", "body": "It is spring", "notify": true]
            let added = try await bridge.call(.post, "/admin/v1/classes/spring/messages", body: message)
            #expect(added.status == .accepted)
            #expect(await Self.settle(bridge))
            #expect(bridge.google.messages(of: BridgeUnderTest.classPath).count == 1)
            #expect(bridge.google.messages(of: BridgeUnderTest.classPath)[0]["messageType"] == "TEXT_AND_NOTIFY")
            bridge.google.script(
                .answer(.forbidden, reason: "quotaExceeded", message: "Quota exceeded for issuer.")
            ) { $0.path.hasSuffix("/addMessage") }
            _ = try await bridge.call(.post, "/admin/v1/classes/spring/messages", body: message)
            #expect(await Self.settle(bridge))
            #expect(bridge.google.messages(of: BridgeUnderTest.classPath).last?["messageType"] == "TEXT")
            let empty = try await bridge.call(
                .post, "/admin/v1/classes/spring/messages", body: ["header": " ", "body": "x"])
            #expect(empty.status == .unprocessableContent)
        }
    }

    @Test("lists classes, objects and operations in pages")
    func lists() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.putClass("autumn")
            let classes = try await bridge.get("/admin/v1/classes?limit=1")
            #expect(classes["items"]?[0]?["campaignId"] == "autumn" && classes["items"]?[0]?["state"] == "ready")
            let cursor = try #require(classes["nextCursor"]?.stringValue)
            let rest = try await bridge.get("/admin/v1/classes?limit=1&cursor=\(cursor)")
            #expect(rest["items"]?[0]?["campaignId"] == "spring" && rest["nextCursor"] == nil)
            for number in 0..<3 { _ = try await bridge.putObject("p\(number)") }
            let objects = try await bridge.get("/admin/v1/classes/spring/objects?limit=2")
            #expect(objects["items"]?.arrayValue?.count == 2)
            #expect(objects["items"]?[0]?["state"] == "ready" && objects["items"]?[0]?["saved"] == false)
            let next = try #require(objects["nextCursor"]?.stringValue)
            #expect(
                try await bridge.get("/admin/v1/classes/spring/objects?cursor=\(next)")["items"]?[0]?["serialNumber"]
                    == "p2")
            let operations = try await bridge.get("/admin/v1/operations?state=done&limit=2")
            #expect(operations["items"]?.arrayValue?.count == 2)
            let odd = try await bridge.call(.get, "/admin/v1/operations?state=odd")
            #expect(odd.status == .badRequest)
            let foreign = try await bridge.call(.get, "/admin/v1/operations?cursor=%25")
            #expect(foreign.status == .badRequest)
        }
    }

    @Test("knows nothing of a campaign that was never sent")
    func unknown() async throws {
        try await BridgeUnderTest.run { bridge in
            for (method, path) in [
                (HTTPMethod.get, ""), (.delete, ""), (.post, "/sync"), (.get, "/drift"),
            ] {
                let response = try await bridge.call(method, "/admin/v1/classes/nothing\(path)")
                #expect(response.status == .notFound)
            }
            let retry = try await bridge.call(.post, "/admin/v1/operations/7/retry")
            #expect(retry.status == .notFound)
        }
    }
}
