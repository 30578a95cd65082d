import Contracts
import HTTPServer
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

@Suite struct WebhookSafetyTests {
    @Test("no connection is made to an address that isn't public, by whichever name: nothing reaches the receiver")
    func addresses() async throws {
        try await IssuerUnderTest.run(withReceiver: ["WEBHOOK_ALLOWED_NETWORKS": ""]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            // A literal is refused at once, a name when it is looked up.
            let literal = try await issuer.admin(.put, IssuerUnderTest.webhook(), ["url": .string(receiver.url)])
            #expect(literal.status == 422 && literal.pointers == ["/url"], "\(literal.text)")
            let port = receiver.url.split(separator: ":")[2]
            for (number, host) in ["localhost", "2130706433", "0x7f.1", "127.1"].enumerated() {
                try await issuer.putWebhook("http://\(host):\(port)", name: "w-\(number)")
                let test = try await issuer.admin(.post, IssuerUnderTest.webhook("w-\(number)") + "/test")
                #expect(test.json["state"] == "failed", "\(host): \(test.text)")
                let reason = test.json["lastError"]?.stringValue ?? ""
                #expect(reason.contains("WEBHOOK_ALLOWED_NETWORKS"), "\(host): \(reason)")
            }
            #expect(receiver.requests.isEmpty)
        }
    }

    @Test("a redirect is not followed, and its cause is told")
    func redirect() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            receiver.answer { _ in HTTPResponse(.found, headers: ["Location": "/elsewhere"]) }
            let test = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/test")
            #expect(test.json["state"] == "failed" && test.json["lastStatus"] == 302, "\(test.text)")
            #expect(test.json["lastError"]?.stringValue?.contains("Redirects are not followed") == true)
            #expect(receiver.requests.map(\.path) == ["/hook"])
        }
    }

    @Test("http is refused unless it is allowed")
    func plain() async throws {
        try await IssuerUnderTest.run(withReceiver: ["WEBHOOK_ALLOW_HTTP": "false"]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let answer = try await issuer.admin(.put, IssuerUnderTest.webhook(), ["url": .string(receiver.url)])
            #expect(answer.status == 422 && answer.pointers == ["/url"])
            // What was stored while it was allowed is not sent either.
            try await issuer.putWebhook("https://hooks.example.com")
            try await issuer.pool.execute("UPDATE issuer.webhooks SET url = \(receiver.url)")
            let test = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/test")
            #expect(test.json["state"] == "failed" && receiver.requests.isEmpty)
        }
    }

    @Test("an answer that never ends is cut off")
    func longAnswer() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            receiver.answer { _ in HTTPResponse(body: .bytes([UInt8](repeating: 0x61, count: 1 << 20))) }
            let test = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/test")
            #expect(test.json["state"] == "failed", "\(test.text)")
            #expect(test.json["lastError"]?.stringValue?.contains("longer than allowed") == true)
        }
    }

    @Test("a test is sent once, signed, and answered with what became of it")
    func test() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let secret = try await issuer.putWebhook(receiver.url, events: ["issued"])
            let test = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/test")
            #expect(
                test.status == 200 && test.json["state"] == "delivered" && test.json["event"] == "test", "\(test.text)")
            let request = try #require(receiver.taken.first)
            #expect(try await WebhookVerification.matches(of: request, secret: secret) == 1)
            #expect(request.json["type"] == "test" && request.json == test.json["body"])
            receiver.answer { _ in HTTPResponse(.serviceUnavailable) }
            #expect(try await issuer.admin(.post, IssuerUnderTest.webhook() + "/test").json["state"] == "failed")
            #expect(try await issuer.admin(.get, IssuerUnderTest.webhook()).json["state"] == "ready")
            #expect(receiver.requests.count == 2)
        }
    }

    @Test("events are given up after their time, and a replay sends them again in their order")
    func replay() async throws {
        try await IssuerUnderTest.run(withReceiver: ["WEBHOOK_RETRY_SECONDS": "1"]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            receiver.answer { _ in HTTPResponse(.serviceUnavailable) }
            let serial = try await issuer.issue("c-1")
            try await issuer.setPoints(3, of: serial)
            let deliveries = IssuerUnderTest.webhook() + "/deliveries"
            try await eventually(within: .seconds(60), "both to be given up") {
                try await issuer.admin(.get, deliveries + "?state=failed").json["items"]?.arrayValue?.count == 2
            }
            receiver.answer { _ in HTTPResponse(.ok) }
            let answer = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/replay", [:])
            #expect(answer.status == 202 && answer.json["replayed"] == 2, "\(answer.text)")
            try await eventually("both") { receiver.taken.map(\.type) == ["issued", "updated"] }
            // What was answered is written down a moment later.
            try await eventually("both to be delivered") {
                try await issuer.admin(.get, deliveries + "?state=delivered").json["items"]?.arrayValue?.count == 2
            }
            let items = try await issuer.admin(.get, deliveries + "?limit=1")
            #expect(items.json["items"]?[0]?["event"] == "updated" && items.json["items"]?[0]?["state"] == "delivered")
            let cursor = try #require(items.json["nextCursor"]?.stringValue)
            let next = try await issuer.admin(.get, deliveries + "?limit=1&cursor=\(cursor)")
            #expect(next.json["items"]?[0]?["event"] == "issued" && next.json["nextCursor"] == nil)
        }
    }

    @Test("two replicas deliver each event, each pass's in order, and what a third one held when it died")
    func replicas() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            let deliveries = WebhookDeliveryStore(database: issuer.pool)
            await issuer.stopBackgroundWork()
            try await issuer.makePasses(40)
            try await issuer.pool.execute("UPDATE issuer.passes SET changed_at = now(), version = version + 1")
            // One that dies leaves what it took leased.
            #expect(try await deliveries.lease(upTo: 100).count == WebhookPace.width)
            #expect(try await deliveries.lease(upTo: 100).isEmpty)
            try await issuer.pool.execute(
                "UPDATE issuer.webhook_deliveries SET leased_until = now() WHERE leased_until IS NOT NULL")
            let services = try (0..<2).map { _ in try issuer.makeService(on: issuer.pool) }
            let work = services.map { service in Task { try? await service.run() } }
            try await eventually(within: .seconds(60), "all") { receiver.taken.count >= 80 }
            for task in work { task.cancel() }
            for task in work { _ = await task.value }
            #expect(receiver.taken.count == 80 && Set(receiver.taken.map(\.id)).count == 80)
            let byPass = Dictionary(grouping: receiver.taken, by: \.serialNumber)
            #expect(byPass.count == 40)
            #expect(byPass.values.allSatisfy { $0.map(\.type) == ["issued", "updated"] })
        }
    }

    @Test("a campaign has ten webhooks at most; one that is deleted is told nothing more, nor is its successor")
    func limits() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            receiver.answer { _ in HTTPResponse(.serviceUnavailable) }
            for number in 1...10 { try await issuer.putWebhook(receiver.url, name: "w-\(number)") }
            let eleventh = try await issuer.admin(.put, IssuerUnderTest.webhook("w-11"), ["url": .string(receiver.url)])
            #expect(eleventh.status == 409)
            let path = IssuerUnderTest.webhook("w-1")
            _ = try await issuer.issue("c-1")
            for number in 1...10 {
                #expect(try await issuer.admin(.delete, IssuerUnderTest.webhook("w-\(number)")).status == 204)
            }
            #expect(try await issuer.admin(.delete, path).status == 404)
            #expect(try await issuer.admin(.get, path).status == 404)
            let secondSecret = try await issuer.putWebhook(receiver.url, name: "w-1")
            receiver.answer { _ in HTTPResponse(.ok) }
            #expect(try await issuer.admin(.post, path + "/test").json["state"] == "delivered")
            #expect(receiver.taken.map(\.type) == ["test"] && !secondSecret.isEmpty)
            #expect(
                try await issuer.admin(.put, IssuerUnderTest.webhook(of: "none"), ["url": "https://a.example"]).status
                    == 404)
        }
    }
}
