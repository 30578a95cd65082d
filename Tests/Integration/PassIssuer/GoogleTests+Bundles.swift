import HTTPTypes
import JSON
import Testing

extension GoogleTests {
    @Test("a link to several passes saves them all by one link at Google")
    func saveSeveral() async throws {
        try await run { issuer, bridge in
            try await activate(issuer)
            let android: HTTPHeaders = [
                "User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9)", "Accept": "text/html,*/*;q=0.8",
            ]
            let passes: JSONValue = [["passKey": "a"], ["passKey": "b"]]
            let link = try await issuer.link(platform: "any", key: nil, ["passes": passes])
            let saved = try await issuer.open(link, headers: android)
            #expect(saved.status == 303, "\(saved.text)")
            let objects = try #require(bridge.body(of: "PUT /rpc/v1/objects")?["objects"]?.arrayValue)
            let serials = objects.compactMap { $0["serialNumber"]?.stringValue }
            #expect(serials.count == 2 && objects.allSatisfy { $0["pass"]?["storeCard"] != nil })
            #expect(saved.headers["Location"] == "https://pay.google.com/gp/v/save/\(serials.joined(separator: "+"))")
            let program = try await issuer.open(link, headers: android.adding("Accept", "application/json"))
            #expect(program.json["saveUrl"]?.stringValue == saved.headers["Location"])
            #expect(try await issuer.count("passes") == 2)
            #expect(try await issuer.open(link, method: .head, headers: android).status == 303)

            // What Google does not take in one link can be saved one by one.
            bridge.refuseObjects(Problem(.contentTooLarge, "Put fewer passes into one link."))
            let page = try await issuer.open(link, headers: android)
            #expect(page.status == 200 && page.text.matches(of: /href="[^"?]+\?platform=google"/).count == 2)
            #expect(!page.text.contains("Save all to Google Wallet"))
            let told = try await issuer.open(link, headers: android.adding("Accept", "application/json"))
            #expect(told.status == 409 && told.text.contains("Put fewer passes into one link."))
        }
    }
}
