import Contracts
import Cryptography
import HTTPServer
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

@Suite struct WebhookTests {
    @Test("a pass that is made and changed is told, signed as Python's hmac signs it, and nothing else is")
    func issuedAndUpdated() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let secret = try await issuer.putWebhook(receiver.url)
            let serial = try await issuer.issue("c-1")
            // A second open and a change that nobody sees are no events.
            #expect(try await issuer.issue("c-1") == serial)
            try await issuer.setPoints(11, of: serial)
            let same: JSONValue = ["contact": ["unused": "x"]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", same).status == 200)
            try await eventually("two events") { receiver.taken.count == 2 }
            try await eventually("nothing to wait") {
                try await issuer.count("webhook_deliveries WHERE state = 'pending'") == 0
            }
            #expect(receiver.requests.map(\.type) == ["issued", "updated"])
            for request in receiver.requests {
                #expect(try await WebhookVerification.matches(of: request, secret: secret) == 1)
                #expect(request.headers["Content-Type"] == "application/json")
                #expect(request.json["id"]?.stringValue == request.id)
                let data = try #require(request.json["data"]?.objectValue)
                #expect(data["campaignId"] == "spring" && data["serialNumber"] == .string(serial))
                #expect(data["passKey"] == "c-1" && data["platforms"] == ["apple"] && data["voided"] == false)
            }
        }
    }

    @Test("the secret is shown when it is made and never again, and lies sealed in the database")
    func secret() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let secret = try await issuer.putWebhook(receiver.url)
            let key = try #require(Base64.decode(String(secret.dropFirst("whsec_".count))))
            #expect(secret.hasPrefix("whsec_") && key.count == 32)
            for path in [IssuerUnderTest.webhook(), "/admin/v1/campaigns/spring/webhooks"] {
                let shown = try await issuer.admin(.get, path)
                #expect(shown.status == 200 && !shown.text.contains("secret") && !shown.text.contains("whsec_"))
            }
            // What GET answers can be put back.
            let again = try await issuer.admin(
                .put, IssuerUnderTest.webhook(), try await issuer.admin(.get, IssuerUnderTest.webhook()).json)
            #expect(again.status == 200 && again.json["secret"] == nil, "\(again.text)")
            let row = try #require(
                try await issuer.pool.query("SELECT to_json(w)::text FROM issuer.webhooks w").first
            ).decode(String.self)
            #expect(!row.contains(Hex.encode(key)) && !row.contains(Base64.encode(key)))
        }
    }

    @Test("after a rotation events carry the signatures of both secrets, and rotate-keys seals both anew")
    func rotation() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let first = try await issuer.putWebhook(receiver.url)
            let rotated = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/rotate-secret")
            let second = try #require(rotated.json["secret"]?.stringValue)
            #expect(rotated.status == 200 && rotated.json["previousSecretExpiresAt"] != nil && second != first)
            let ring = try KeyRing(
                parsing: "k2:\(Base64.encode([UInt8](repeating: 7, count: 32)))," + IssuerUnderTest.keys)
            let rotation = WebhookKeyRotation(store: WebhookStore(database: issuer.pool), secrets: SecretBox(ring))
            _ = try await issuer.issue("c-1")
            try await eventually("the event") { receiver.taken.count == 1 }
            let request = try #require(receiver.taken.first)
            #expect(try await WebhookVerification.matches(of: request, secret: first) == 1)
            #expect(try await WebhookVerification.matches(of: request, secret: second) == 1)
            #expect(request.headers["webhook-signature"]?.split(separator: " ").count == 2)
            #expect(try await rotation.run() == 1)
            #expect(try await rotation.run() == 0)
        }
    }

    @Test("a receiver that was down gets everything, each pass's events in their order")
    func outage() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            receiver.answer { _ in HTTPResponse(.serviceUnavailable) }
            var serials: [String] = []
            for number in 1...3 { serials.append(try await issuer.issue("c-\(number)")) }
            for round in 1...4 {
                for serial in serials { try await issuer.setPoints(100 + round, of: serial) }
            }
            try await eventually("a second attempt") { receiver.requests.count > 1 }
            try await eventually("the failure") {
                try await issuer.admin(.get, IssuerUnderTest.webhook()).json["state"] == "failing"
            }
            let shown = try await issuer.admin(.get, IssuerUnderTest.webhook())
            #expect(shown.json["pending"] == 15, "\(shown.text)")
            #expect(shown.json["lastError"]?.stringValue?.contains("503") == true)
            receiver.answer { _ in HTTPResponse(.ok) }
            try await eventually(within: .seconds(60), "everything to arrive") { receiver.taken.count == 15 }
            #expect(Set(receiver.taken.map(\.id)).count == 15)
            for serial in serials {
                let events = receiver.taken.filter { $0.serialNumber == serial }
                #expect(events.map(\.type) == ["issued"] + [String](repeating: "updated", count: 4))
                let versions = events.compactMap { $0.json["data"]?["version"]?.intValue }
                #expect(versions == [1, 2, 3, 4, 5])
            }
            #expect(try await issuer.admin(.get, IssuerUnderTest.webhook()).json["state"] == "ready")
        }
    }

    @Test("a receiver that never answers holds up neither another campaign's webhook nor what phones are told")
    func silence() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(withReceiver: ["DEVICE_REGISTRY_URL": registry.url]) { issuer, receiver in
            let silent = try WebhookReceiver()
            silent.answer { _ in
                try? await Task.sleep(for: .seconds(60))
                return HTTPResponse(.ok)
            }
            try await issuer.putActiveCampaign()
            try await issuer.putActiveCampaign("autumn")
            try await issuer.putWebhook(silent.url)
            try await issuer.putWebhook(receiver.url, of: "autumn")
            try await issuer.makePasses(50)
            try await eventually("the silent one to hold what it may") {
                silent.requests.count == WebhookPace.width
            }
            let serial = try await issuer.issue("c-1", campaign: "autumn")
            try await issuer.setPoints(5, of: serial)
            try await eventually("the other campaign's events") { receiver.taken.count == 2 }
            try await eventually("the registry to hear") { registry.serialNumbers.contains(serial) }
            #expect(silent.requests.count == WebhookPace.width)
            // None of its calls has come to its end yet, which would have let the others through.
            #expect(try await issuer.admin(.get, IssuerUnderTest.webhook()).json["state"] == "ready")
            await silent.stop()
        }
        await registry.stop()
    }

    @Test("an event that is refused by itself holds up its own pass and no other")
    func refusal() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            let bad = SerialNumber(
                campaign: try #require(CampaignID(rawValue: "spring")), passKey: try #require(PassKey(rawValue: "bad")))
            receiver.answer { HTTPResponse($0.serialNumber == bad.rawValue ? .badRequest : .ok) }
            let serial = try await issuer.issue("bad")
            // Its next attempt is not due while the test looks.
            try await eventually("the refusal") {
                try await issuer.pool.execute(
                    """
                    UPDATE issuer.webhook_deliveries SET next_attempt_at = now() + interval '1 hour'
                    WHERE last_status = 400 AND leased_until IS NULL
                    """) == 1
            }
            try await issuer.setPoints(5, of: serial)
            for number in 1...5 { _ = try await issuer.issue("c-\(number)") }
            try await eventually("the others") { receiver.taken.count == 5 }
            #expect(receiver.requests.filter { $0.type == "updated" }.isEmpty)
            #expect(try await issuer.admin(.get, IssuerUnderTest.webhook()).json["state"] == "ready")
            let log = try await issuer.admin(.get, IssuerUnderTest.webhook() + "/deliveries?serialNumber=\(serial)")
            let attempts = log.json["items"]?.arrayValue?.map { $0["attempts"]?.intValue }
            #expect(attempts == [0, receiver.requests.count { $0.serialNumber == bad.rawValue }], "\(log.text)")
            #expect(log.json["items"]?[1]?["lastStatus"] == 400)
            receiver.answer { _ in HTTPResponse(.ok) }
            let id = try #require(log.json["items"]?[1]?["id"]?.stringValue)
            // The administrator need not wait for the next attempt.
            let replay = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/deliveries/\(id)/replay")
            #expect(replay.status == 202)
            try await eventually("both in order") {
                receiver.taken.filter { $0.serialNumber == serial }.map(\.type) == ["issued", "updated"]
            }
        }
    }

    @Test("what is told again under its id is delivered once, in order, to the webhooks that want it")
    func notices() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let serial = try await issuer.issue("c-1")
            try await issuer.putWebhook(receiver.url, events: ["removed", "installed", "saved"])
            let events = ["installed", "removed", "installed", "deleted", "saved"].enumerated().map { number, kind in
                [
                    "id": .string("e-\(number)"), "kind": .string(kind), "serialNumber": .string(serial),
                    "at": "2026-06-01T10:00:00Z",
                ] as JSONValue
            }
            let stranger: JSONValue = [
                "id": "e-9", "kind": "installed", "serialNumber": "unknown", "at": "2026-06-01T10:00:00Z",
            ]
            let body = JSONValue.object(["events": .array(events + [stranger])]).serialized()
            for _ in 0..<2 {
                let answer = try await issuer.send(
                    .post, issuer.internalURL + "/rpc/v1/pass-events", token: IssuerUnderTest.registryToken, body: body,
                    headers: ["Content-Type": "application/json"])
                #expect(answer.status == 204, "\(answer.text)")
            }
            try await eventually("four events") { receiver.taken.count == 4 }
            #expect(receiver.taken.map(\.type) == ["installed", "removed", "installed", "saved"])
            #expect(receiver.taken.map(\.id) == ["e-0", "e-1", "e-2", "e-4"])
            #expect(try await issuer.count("webhook_deliveries") == 4)
        }
    }
}
