import Contracts
import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct PersonalizationTests {
    private static let form = [
        "de.lproj/personalizationLogo@2x.png", "personalization.json", "personalizationLogo@2x.png",
    ]

    /// The files of the form that a package holds; each stands in its manifest, which openssl verifies.
    private func form(_ package: IssuerUnderTest.Answer) throws -> [String] {
        let package = try Package(package.body)
        try package.verifySignature()
        return Self.form.filter {
            FileManager.default.fileExists(atPath: package.directory.appendingPathComponent($0).path)
        }
    }

    @Test("the package asks until its owner has entered the data, which the contact holds from then on")
    func whole() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(withReceiver: ["DEVICE_REGISTRY_URL": registry.url]) { issuer, receiver in
            try await issuer.putEnrollingCampaign()
            let secret = try await issuer.putWebhook(receiver.url, events: ["personalized"])
            let opened = try await issuer.open(try await issuer.link())
            #expect(try form(opened) == Self.form)
            let serial = try #require(try Package(opened.body).json["serialNumber"]?.stringValue)
            let before = try await issuer.package(serial)
            #expect(try form(before) == Self.form)
            let date = try #require(before.headers["Last-Modified"])
            #expect(try await issuer.package(serial, since: date).status == 304)

            let info: JSONValue = [
                "fullName": "Ada Lovelace", "givenName": "Ada", "emailAddress": "ada@example.com", "phoneNumber": "1",
            ]
            let answer = try await issuer.personalize(serial, token: "q83vEjRWeJA+/w==", info: info)
            #expect(answer.status == 200 && answer.headers["Content-Type"] == "application/octet-stream")
            #expect(try issuer.verifies(answer, of: "q83vEjRWeJA+/w=="))
            #expect(try !issuer.verifies(answer, of: "q83vEjRWeJA+/w="))

            let after = try await issuer.package(serial, since: date)
            #expect(after.status == 200 && after.headers["Last-Modified"] != date)
            #expect(try form(after) == [] && Package(after.body).json["logoText"] == "Ada Lovelace")
            #expect(try form(try await issuer.open(try await issuer.link())) == [])
            let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
            #expect(
                pass.json["contact"] == [
                    "id": "c-1", "fullName": "Ada Lovelace", "givenName": "Ada", "emailAddress": "ada@example.com",
                ])
            #expect(pass.json["personalizedAt"] != nil)

            try await eventually("the registry to hear") { registry.serialNumbers.contains(serial) }
            let timeline = try await issuer.admin(.get, "/admin/v1/passes/\(serial)/timeline")
            #expect(timeline.text.contains("Its owner filled in the form that it asked for."))
            try await eventually("the webhook to hear") { receiver.taken.count == 1 }
            let event = try #require(receiver.taken.first)
            #expect(try await WebhookVerification.matches(of: event, secret: secret) == 1)
            #expect(event.type == "personalized" && event.serialNumber == serial)
            #expect(
                event.json["data"]?["personalization"] == [
                    "fullName": "Ada Lovelace", "givenName": "Ada", "emailAddress": "ada@example.com",
                ])
        }
        await registry.stop()
    }

    @Test("what was entered is told before the change, kept until it is taken, and stays in no log of deliveries")
    func deliveries() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putEnrollingCampaign()
            let serial = try await issuer.issue("c-1")
            receiver.answer { _ in HTTPResponse(.serviceUnavailable) }
            try await issuer.putWebhook(receiver.url)
            #expect(try await issuer.personalize(serial).status == 200)
            try await eventually("an attempt") { !receiver.requests.isEmpty }
            let log = IssuerUnderTest.webhook() + "/deliveries"
            let waiting = try await issuer.count("webhook_deliveries WHERE data::text LIKE '%ada@example.com%'")
            #expect(waiting == 1)
            receiver.answer { _ in HTTPResponse(.ok) }
            try await eventually("both events") { receiver.taken.count == 2 }
            #expect(receiver.taken.map(\.type) == ["personalized", "updated"])
            #expect(
                receiver.taken.first?.json["data"]?["personalization"] == ["emailAddress": "ada@example.com"])
            try await eventually("the log") {
                try await issuer.count("webhook_deliveries WHERE state = 'pending'") == 0
            }
            #expect(try await issuer.count("webhook_deliveries WHERE data::text LIKE '%ada@example.com%'") == 0)
            let shown = try await issuer.admin(.get, log)
            #expect(shown.status == 200 && !shown.text.contains("ada@example.com"))
        }
    }

    @Test("what is refused says why, and changes nothing")
    func refusals() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putEnrollingCampaign()
            try await issuer.putActiveCampaign("plain")
            let serial = try await issuer.issue("c-1")
            let plain = try await issuer.issue("c-1", campaign: "plain")
            let voided = try await issuer.issue("c-2")
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(voided)", ["voided": true]).status == 200)
            #expect(try await issuer.personalize("unknown").status == 404)
            #expect(try await issuer.personalize(serial, passType: "pass.example.other").status == 404)
            #expect(try await issuer.personalize(plain).status == 409)
            #expect(try await issuer.personalize(voided).status == 409)
            #expect(try await issuer.personalize(serial, info: [:]).status == 422)
            #expect(try await issuer.personalize(serial, info: ["phoneNumber": "1"]).status == 422)
            let long = String(repeating: "x", count: 257)
            let values: [JSONValue] = [.string(long), "A\nB", 7]
            for value in values {
                let answer = try await issuer.personalize(serial, info: ["fullName": value])
                #expect(answer.status == 422 && answer.pointers == ["/requiredPersonalizationInfo/fullName"])
            }
            #expect(try await issuer.personalize(serial, body: Array("no JSON".utf8)).status == 400)
            #expect(try await issuer.personalize(serial, body: Array("[]".utf8)).status == 422)
            let large = [UInt8](repeating: 0x20, count: PersonalizationRequest.maximumBytes + 1)
            #expect(try await issuer.personalize(serial, body: large).status == 413)
            #expect(try await issuer.count("passes WHERE personalized_at IS NOT NULL OR version > 2") == 0)
        }
    }

    @Test("no manifest gets signed, however it is sent")
    func oracle() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putEnrollingCampaign()
            let opened = try await issuer.open(try await issuer.link())
            let package = try Package(opened.body)
            let serial = try #require(package.json["serialNumber"]?.stringValue)
            // The manifest of a pass that is not ours: a signature of it would make it one.
            let file = package.directory.appendingPathComponent("manifest.json")
            let manifest = String(decoding: try Data(contentsOf: file), as: UTF8.self)
                .replacingOccurrences(of: "icon.png", with: "logo.png")
            let forged = [
                manifest, "\n" + manifest, "\u{FEFF}" + manifest, "{}", String(manifest.prefix(2)),
                String(manifest.dropFirst()), #"["\#(manifest.prefix(8))"]"#, manifest + "\u{0}", "a{",
            ]
            for token in forged {
                let answer = try await issuer.personalize(serial, token: token)
                #expect(answer.status == 422 && answer.pointers == ["/personalizationToken"], "\(token)")
                #expect(answer.headers["Content-Type"] == "application/problem+json")
            }
            let utf16 =
                #"{"personalizationToken":"\u007b\u0022a\u0022:1}","requiredPersonalizationInfo":{"fullName":"A"}}"#
            #expect(try await issuer.personalize(serial, body: Array(utf16.utf8)).status == 422)
            let nested: JSONValue = [
                "personalizationToken": ["icon.png": "00"], "requiredPersonalizationInfo": ["fullName": "A"],
            ]
            #expect(try await issuer.personalize(serial, body: nested.serialized()).status == 422)
            // Which of two members of one name counts is decided once, by the parser that also reads it for signing.
            let twice =
                #"{"personalizationToken":"a","personalizationToken":"{}","requiredPersonalizationInfo":{"fullName":"A"}}"#
            let answer = try await issuer.personalize(serial, body: Array(twice.utf8))
            #expect(try !issuer.verifies(answer, of: "{}"))
        }
    }
}
