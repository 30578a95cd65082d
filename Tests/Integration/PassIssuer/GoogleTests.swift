import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct GoogleTests {
    private static let configuration: JSONValue = .object([
        "issuerId": "3388000000012345678",
        "serviceAccount": [
            "client_email": "w@p.iam.gserviceaccount.com",
            "private_key": .string((try? DemoAuthority.text("pass.key.pem")) ?? ""),
        ],
    ])

    /// An issuer beside a google-bridge, with a campaign for both platforms.
    func run(_ body: (IssuerUnderTest, StubBridge) async throws -> Void) async throws {
        let bridge = StubBridge()
        let url = try bridge.start()
        try await IssuerUnderTest.run(["GOOGLE_BRIDGE_URL": url]) { issuer in
            let wallet = try await issuer.putWalletConfiguration(google: Self.configuration)
            try #require(wallet.status == 201, "\(wallet.text)")
            try await body(issuer, bridge)
        }
        await bridge.stop()
    }

    func activate(_ issuer: IssuerUnderTest, _ body: JSONValue = IssuerUnderTest.campaign()) async throws {
        let stored = try await issuer.admin(.put, "/admin/v1/campaigns/spring", body)
        try #require([200, 201].contains(stored.status), "\(stored.text)")
        for file in ["icon.png", "logo.png"] {
            let image = try await issuer.putImage(file)
            try #require([200, 201].contains(image.status), "\(image.text)")
        }
    }

    @Test("the credentials of a wallet configuration reach google-bridge, and go from it")
    func credentials() async throws {
        try await run { issuer, bridge in
            let call = "PUT /rpc/v1/issuers/acme"
            try await eventually("the credentials") { bridge.calls.contains(call) }
            #expect(bridge.body(of: call)?["issuerId"] == "3388000000012345678")
            #expect(bridge.body(of: call)?["serviceAccount"]?["client_email"] == "w@p.iam.gserviceaccount.com")
            #expect(try await issuer.admin(.delete, "/admin/v1/wallet-configurations/acme").status == 204)
            try await eventually("their end") { bridge.calls.contains("DELETE /rpc/v1/issuers/acme") }
        }
    }

    @Test("what Google would refuse is a fault of the campaign, and what it leaves out a warning")
    func review() async throws {
        try await run { issuer, bridge in
            bridge.answer(
                GoogleContentAnswer(
                    kind: .loyalty,
                    errors: [ProblemError(pointer: "/pass/organizationName", detail: "Google takes no such name.")],
                    warnings: ["beacons are Apple's alone"]))
            let refused = try await issuer.admin(.put, "/admin/v1/campaigns/spring", IssuerUnderTest.campaign())
            #expect(refused.status == 422)
            #expect(refused.pointers == ["/pass/organizationName"])
            #expect(try await issuer.count("campaigns") == 0)
            bridge.answer(GoogleContentAnswer(kind: .loyalty, warnings: ["beacons are Apple's alone"]))
            let stored = try await issuer.admin(.put, "/admin/v1/campaigns/spring", IssuerUnderTest.campaign())
            #expect(stored.status == 201, "\(stored.text)")
            #expect(stored.json["warnings"]?.arrayValue?.contains("beacons are Apple's alone") == true)
            #expect(stored.json["googleClass"]?["state"] == "none")
            let asked = try #require(bridge.body(of: "POST /rpc/v1/validations"))
            let pointers = asked["tokenPointers"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(pointers.contains("/pass/storeCard/primaryFields/0/value"))
            let value = asked["pass"]?["storeCard"]?["primaryFields"]?[0]?["value"]?.stringValue
            #expect(value?.contains("{{voucher.points}}") == true)
        }
    }

    @Test("a package that phones took is imported, and what Google refuses of it stands in the warnings")
    func importing() async throws {
        try await run { issuer, bridge in
            bridge.answer(
                GoogleContentAnswer(
                    kind: .loyalty,
                    errors: [ProblemError(pointer: "/pass/organizationName", detail: "Google takes no such name.")],
                    warnings: ["beacons are Apple's alone"]))
            let pass = try #require(IssuerUnderTest.campaign()["pass"]).serialized()
            let answer = try await issuer.send(
                .post, issuer.internalURL + "/admin/v1/campaigns/spring/import?walletConfigurationId=acme",
                token: IssuerUnderTest.adminToken, body: pass, headers: ["Content-Type": "application/json"])
            #expect(answer.status == 201, "\(answer.text)")
            let warnings = answer.json["warnings"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(warnings.contains("beacons are Apple's alone"))
            #expect(warnings.contains("Google refuses /pass/organizationName: Google takes no such name."))
            let stored = try await issuer.admin(.get, "/admin/v1/campaigns/spring").json
            let again = try await issuer.admin(.put, "/admin/v1/campaigns/spring", stored)
            #expect(again.status == 200 && again.json["version"] == stored["version"], "\(again.text)")
        }
    }

    @Test("a campaign that becomes active, and each change of it, creates or changes its class")
    func classes() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            let call = "PUT /rpc/v1/classes/spring"
            try await eventually("the class") { bridge.body(of: call)?["images"]?.arrayValue?.count == 2 }
            let first = try #require(bridge.body(of: call)?["version"]?.intValue)
            var changed = try #require(IssuerUnderTest.campaign().objectValue)
            changed["google"] = ["class": ["hexBackgroundColor": "#ffffff"]]
            let stored = try await issuer.admin(.put, "/admin/v1/campaigns/spring", .object(changed))
            #expect(stored.json["googleClass"]?["state"] == "ready", "\(stored.text)")
            #expect(stored.json["googleClass"]?["classId"] == "1.spring")
            // The message of the change before may come late.
            try await eventually("the changed class") {
                let body = bridge.body(of: call)
                return body?["version"]?.intValue == first + 1
                    && body?["google"]?["class"]?["hexBackgroundColor"] == "#ffffff"
            }
        }
    }

    @Test("a token in google.class is refused, and one in google.object filled in")
    func overrides() async throws {
        try await run { issuer, bridge in
            var body = try #require(IssuerUnderTest.campaign().objectValue)
            body["google"] = ["class": ["issuerName": "{{contact.id}}"]]
            let refused = try await issuer.admin(.put, "/admin/v1/campaigns/spring", .object(body))
            #expect(refused.pointers == ["/google/class/issuerName"])
            body["google"] = ["object": ["accountName": "{{contact.id}} {{{{x}}"]]
            try await activate(issuer, .object(body))
            #expect(try await issuer.open(try await issuer.link(platform: "google")).status == 303)
            let call = try #require(bridge.calls.last { $0.hasPrefix("PUT /rpc/v1/objects/") })
            #expect(bridge.body(of: call)?["google"]?["object"]?["accountName"] == "c-1 {{x}}")
        }
    }

    @Test("a link for Google leads to the save page, makes one pass, and is the same pass on an iPhone")
    func save() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            let link = try await issuer.link(platform: "any")
            let android: HTTPHeaders = ["User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9)"]
            let saved = try await issuer.open(link, headers: android)
            #expect(saved.status == 303, "\(saved.text)")
            let location = try #require(saved.headers["Location"])
            let serial = try #require(location.split(separator: "/").last.map(String.init))
            #expect(location == "https://pay.google.com/gp/v/save/\(serial)")
            let asked = try #require(bridge.body(of: "PUT /rpc/v1/objects/\(serial)"))
            #expect(asked["pass"]?["storeCard"]?["primaryFields"]?[0]?["value"] == 10)
            let program = try await issuer.open(
                link, headers: android.adding("Accept", "application/json"))
            #expect(program.status == 200)
            #expect(program.json == ["saveUrl": .string(location)])
            let phone = try await issuer.open(link, headers: ["User-Agent": "iPhone"])
            #expect(try Package(phone.body).json["serialNumber"]?.stringValue == serial)
            let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
            #expect(pass.json["platforms"] == ["apple", "google"])
            #expect(try await issuer.count("passes") == 1)
        }
    }

    @Test("HEAD of a link for Google makes and asks nothing")
    func head() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            let answer = try await issuer.open(try await issuer.link(platform: "google"), method: .head)
            #expect(answer.status == 303)
            #expect(answer.headers["Location"] == nil)
            #expect(try await issuer.count("passes") == 0)
            #expect(!bridge.calls.contains { $0.contains("/objects/") })
        }
    }

    @Test("a changed pass goes to google-bridge, and one that lives on phones of Apple's alone does not")
    func updates() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            let saved = try await issuer.open(try await issuer.link(platform: "google", key: "g"))
            let serial = try #require(saved.headers["Location"]?.split(separator: "/").last.map(String.init))
            let phone = try await issuer.open(try await issuer.link(platform: "apple", key: "a"))
            let other = try #require(try Package(phone.body).json["serialNumber"]?.stringValue)
            for pass in [other, serial] {
                let patched = try await issuer.admin(.patch, "/admin/v1/passes/\(pass)", ["voucher": ["points": 33]])
                #expect(patched.status == 200, "\(patched.text)")
            }
            try await eventually("the update") { bridge.calls.contains("PATCH /rpc/v1/objects") }
            let objects = try #require(bridge.body(of: "PATCH /rpc/v1/objects")?["objects"]?.arrayValue)
            #expect(objects.map { $0["serialNumber"]?.stringValue } == [serial])
            #expect(objects[0]["pass"]?["storeCard"]?["primaryFields"]?[0]?["value"] == 33)
            #expect(objects[0]["version"]?.intValue == 2)
            try await eventually("an empty outbox for Google") {
                try await issuer.pool.query("SELECT 1 FROM issuer.messages WHERE destination = 'google-bridge'").isEmpty
            }
            #expect(bridge.calls.filter { $0 == "PATCH /rpc/v1/objects" }.count == 1)
        }
    }

    @Test("a google-bridge that is down delays, loses nothing, and fails no campaign")
    func outage() async throws {
        let bridge = StubBridge()
        let url = try bridge.start()
        let port = try #require(url.split(separator: ":").last.flatMap { Int($0) })
        await bridge.stop()
        try await IssuerUnderTest.run(["GOOGLE_BRIDGE_URL": url]) { issuer in
            _ = try await issuer.putWalletConfiguration(google: Self.configuration)
            try await activate(issuer)
            let stored = try await issuer.admin(.get, "/admin/v1/campaigns/spring")
            #expect(stored.json["state"] == "active")
            #expect(stored.json["googleClass"]?["state"] == "pending")
            let refused = try await issuer.open(try await issuer.link(platform: "google"))
            #expect(refused.status == 503)
            #expect(refused.headers["Retry-After"] != nil)
            #expect(try await issuer.open(try await issuer.link(platform: "apple")).status == 200)
            let back = StubBridge()
            _ = try back.start(port: port)
            try await eventually("what had waited") {
                back.calls.contains("PUT /rpc/v1/issuers/acme") && back.calls.contains("PUT /rpc/v1/classes/spring")
            }
            #expect(try await issuer.open(try await issuer.link(platform: "google")).status == 303)
            await back.stop()
        }
    }

    @Test("a preview shows what google-bridge would write, and nothing is stored")
    func preview() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            let answer = try await issuer.admin(
                .post, "/admin/v1/campaigns/spring/preview",
                ["platform": "google", "contact": ["id": "c-1", "firstName": "Ada"], "voucher": ["points": 7]])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json == ["class": ["id": "1.spring"], "object": ["id": "1.preview"]])
            let asked = try #require(bridge.body(of: "POST /rpc/v1/previews"))
            #expect(asked["pass"]?["storeCard"]?["primaryFields"]?[0]?["value"] == 7)
            #expect(try await issuer.count("passes") == 0)
        }
    }

    @Test("what google-bridge refuses for good is told, and the pass can be opened on an iPhone all the same")
    func refusal() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            bridge.refuseObjects(Problem(.conflict, "Google refuses the class: Invalid image."))
            let refused = try await issuer.open(try await issuer.link(platform: "google"))
            #expect(refused.status == 409)
            #expect(refused.json["detail"]?.stringValue?.contains("Invalid image") == true)
            #expect(try await issuer.open(try await issuer.link(platform: "apple")).status == 200)
        }
    }

    @Test("campaigns that were active before their configuration had a Google issuer get their classes with it")
    func laterIssuer() async throws {
        let bridge = StubBridge()
        let url = try bridge.start()
        try await IssuerUnderTest.run(["GOOGLE_BRIDGE_URL": url]) { issuer in
            _ = try await issuer.putWalletConfiguration()
            try await activate(issuer)
            #expect(!bridge.calls.contains("PUT /rpc/v1/classes/spring"))
            let wallet = try await issuer.putWalletConfiguration(google: Self.configuration)
            #expect(wallet.status == 200, "\(wallet.text)")
            try await eventually("the class") { bridge.calls.contains("PUT /rpc/v1/classes/spring") }
        }
        await bridge.stop()
    }

    @Test("a configuration with Google alone issues passes for Google alone")
    func googleAlone() async throws {
        let bridge = StubBridge()
        let url = try bridge.start()
        try await IssuerUnderTest.run(["GOOGLE_BRIDGE_URL": url]) { issuer in
            let wallet = try await issuer.admin(
                .put, "/admin/v1/wallet-configurations/acme",
                ["name": "Acme", "organizationName": "Acme Ltd", "google": Self.configuration])
            #expect(wallet.status == 201, "\(wallet.text)")
            try await activate(issuer)
            #expect(try await issuer.open(try await issuer.link(platform: "google")).status == 303)
            #expect(try await issuer.open(try await issuer.link(platform: "apple")).status == 409)
        }
        await bridge.stop()
    }
}

extension HTTPHeaders {
    func adding(_ name: String, _ value: String) -> HTTPHeaders {
        var headers = self
        headers[name] = value
        return headers
    }
}
