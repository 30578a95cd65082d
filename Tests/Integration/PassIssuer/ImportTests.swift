import Archive
import Contracts
import Foundation
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct ImportTests {
    private static let script = DemoAuthority.repository.appending(path: "Tests/Fixtures/packages")

    /// The corpus that `Tests/Fixtures/packages/make.py` writes.
    private static let corpus = Result {
        let directory = try TestDirectory()
        _ = try Tool.run("/usr/bin/env", ["python3", script.appending(path: "make.py").path, directory.path])
        return directory
    }

    private func imported(
        _ bytes: [UInt8], as id: String, by issuer: IssuerUnderTest, query: String = "?walletConfigurationId=acme"
    ) async throws -> IssuerUnderTest.Answer {
        try await issuer.send(
            .post, issuer.internalURL + "/admin/v1/campaigns/\(id)/import\(query)", token: IssuerUnderTest.adminToken,
            body: bytes, headers: ["Content-Type": "application/vnd.apple.pkpass"])
    }

    private func package(_ pass: JSONObject, _ files: [(String, [UInt8])] = []) throws -> [UInt8] {
        let icon = ("icon.png", try Picture.png(width: 38, height: 38))
        let all = [("pass.json", JSONValue.object(pass).serialized()), icon] + files
        return try ZIPWriter.archive(all.map { ZIPEntry(path: $0.0, bytes: $0.1) })
    }

    private static let pass: JSONObject = [
        "description": "A card", "organizationName": "Other",
        "storeCard": ["primaryFields": [["key": "a", "label": "Points", "value": 5]]],
    ]

    @Test("an issued pass of an imported campaign has the same content, over the whole corpus")
    func corpus() async throws {
        let corpus = try Self.corpus.get()
        let cases = try FileManager.default.contentsOfDirectory(atPath: corpus.path)
            .filter { $0.hasSuffix(".expected.json") }.sorted()
        #expect(cases.count >= 40)
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            for file in cases {
                let name = file.replacing(".expected.json", with: "")
                let expected = try JSON.parse(corpus.bytes(file))
                let bytes = try corpus.bytes(try #require(expected["file"]?.stringValue))
                let answer = try await imported(bytes, as: name, by: issuer)
                #expect(answer.status == 201, "\(name): \(answer.text.prefix(600))")
                let warnings = (answer.json["warnings"]?.arrayValue ?? []).compactMap(\.stringValue).joined(
                    separator: "\n")
                for word in expected["warnings"]?.arrayValue ?? [] {
                    #expect(warnings.contains(word.stringValue ?? ""), "\(name) does not tell \(word): \(warnings)")
                }
                if expected["bare"] == true { _ = try await issuer.putImage("icon.png", of: name) }
                // What GET answers can be put back, and changes nothing.
                let stored = try await issuer.admin(.get, "/admin/v1/campaigns/\(name)").json
                let again = try await issuer.admin(.put, "/admin/v1/campaigns/\(name)", stored)
                #expect(again.status == 200, "\(name): \(again.text.prefix(600))")
                #expect(again.json["version"] == stored["version"], "\(name)")
                let issued = try await issuer.open(issuer.link(campaign: name))
                #expect(issued.status == 200, "\(name): \(issued.text.prefix(600))")
                let work = try TestDirectory()
                let path = try work.write(issued.body, to: "issued.pkpass")
                let compared = try await Program.run([
                    "python3", Self.script.appending(path: "compare.py").path, path, corpus.path(file),
                ])
                #expect(compared.status == 0, "\(name): \(compared.output.prefix(800))")
            }
        }
    }

    @Test("a later PUT refuses only faults that the stored version does not have")
    func accepted() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            var pass = Self.pass
            pass["backgroundColor"] = "rgb(255-255-255)"
            let answer = try await imported(package(pass), as: "old", by: issuer)
            #expect(answer.status == 201, "\(answer.text)")
            var body = try #require(answer.json.objectValue)
            pass["description"] = "Another"
            body["pass"] = .object(pass)
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/old", .object(body)).status == 200)
            pass["labelColor"] = "blue"
            body["pass"] = .object(pass)
            let refused = try await issuer.admin(.put, "/admin/v1/campaigns/old", .object(body))
            #expect(refused.status == 422 && refused.pointers == ["/pass/labelColor"], "\(refused.text)")
            pass["labelColor"] = nil
            pass["backgroundColor"] = "rgb(255, 255, 255)"
            body["pass"] = .object(pass)
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/old", .object(body)).status == 200)
            pass["backgroundColor"] = "rgb(255-255-255)"
            body["pass"] = .object(pass)
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/old", .object(body)).status == 422)
        }
    }

    @Test("replaces content, images and translations of a campaign, and keeps what a package does not speak of")
    func again() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let strings = Array(#""Points" = "Punkte"; "A card" = "Karte";"#.utf8)
            let first = try await imported(
                package(
                    Self.pass, [("de.lproj/pass.strings", strings), ("logo.png", Picture.png(width: 9, height: 9))]),
                as: "card", by: issuer)
            #expect(first.status == 201 && first.json["name"] == "A card" && first.json["state"] == "active")
            #expect(first.json["localizations"]?["de"]?["Points"] == "Punkte")
            var body = try #require(first.json.objectValue)
            body["name"] = "Our card"
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/card", .object(body)).status == 200)
            let second = try await imported(package(Self.pass), as: "card", by: issuer, query: "")
            #expect(second.status == 200 && second.json["name"] == "Our card")
            #expect(second.json["localizations"]?["de"] == nil)
            let images = try await issuer.admin(.get, "/admin/v1/campaigns/card/images")
            #expect(images.json["items"]?.arrayValue?.compactMap { $0["file"]?.stringValue } == ["icon.png"])
            // A bare pass.json says nothing of images.
            let bare = try await imported(JSONValue.object(Self.pass).serialized(), as: "card", by: issuer, query: "")
            #expect(bare.status == 200 && bare.json["state"] == "active")
            #expect(bare.json["version"] == second.json["version"])
        }
    }

    @Test("takes a rewards enrolment over")
    func personalization() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let enrolment =
                #"{"requiredPersonalizationFields":["PKPassPersonalizationFieldName","PKPassPersonalizationFieldPostalCode"],"description":"Join","termsAndConditions":"<a>"}"#
            let answer = try await imported(
                package(Self.pass, [("personalization.json", Array(enrolment.utf8))]), as: "rewards", by: issuer)
            #expect(answer.status == 201)
            #expect(
                answer.json["personalization"] == [
                    "requiredFields": ["name", "postalCode"], "description": "Join", "termsAndConditions": "<a>",
                ])
            #expect(answer.text.contains("personalization.json became"))
        }
    }

    @Test("refuses what can't be read, with the reason, and stores nothing")
    func broken() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let noPass = try ZIPWriter.archive([ZIPEntry(path: "icon.png", bytes: [1])])
            for (bytes, word) in [
                ([], "ZIP"), (Array("PK\u{3}\u{4}".utf8), "ZIP"), (noPass, "no pass.json"),
                (Array("{,}".utf8), "no JSON"),
                (Array("[]".utf8), "object"), (Array("hello".utf8), "ZIP"),
            ] {
                let answer = try await imported(bytes, as: "broken", by: issuer)
                #expect(answer.status == 422 && answer.text.contains(word), "\(answer.text)")
            }
            #expect(try await imported(package(Self.pass), as: "broken", by: issuer, query: "").status == 422)
            #expect(
                try await imported(package(Self.pass), as: "broken", by: issuer, query: "?walletConfigurationId=none")
                    .pointers
                    == ["/walletConfigurationId"])
            #expect(try await imported(package(Self.pass), as: "Broken!", by: issuer).status == 422)
            #expect(
                try await imported([UInt8](repeating: 0, count: 32 << 20 + 1), as: "broken", by: issuer).status == 413)
            #expect(try await issuer.count("campaigns") == 0)
        }
    }

    @Test("keeps the style and the icon of a campaign that has passes")
    func passes() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            #expect(try await imported(package(Self.pass), as: "card", by: issuer).status == 201)
            #expect(try await issuer.open(issuer.link(campaign: "card")).status == 200)
            let other: JSONObject = ["description": "x", "organizationName": "y", "coupon": [:]]
            #expect(try await imported(package(other), as: "card", by: issuer).status == 409)
            let iconless = try ZIPWriter.archive([
                ZIPEntry(path: "pass.json", bytes: JSONValue.object(Self.pass).serialized())
            ])
            #expect(try await imported(iconless, as: "card", by: issuer).status == 409)
        }
    }

    @Test("brings what a newer package changes to the passes that are there")
    func rollout() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            #expect(try await imported(package(Self.pass), as: "card", by: issuer).status == 201)
            #expect(try await issuer.open(issuer.link(campaign: "card")).status == 200)
            let same = try await imported(package(Self.pass), as: "card", by: issuer)
            #expect(same.status == 200 && same.json["version"] == 1 && same.json["rollout"] == nil, "\(same.text)")
            var pass = Self.pass
            pass["logoText"] = "New"
            let changed = try await imported(package(pass), as: "card", by: issuer)
            #expect(changed.status == 200 && changed.json["version"] == 2, "\(changed.text)")
            #expect(changed.json["rollout"]?["total"] == 1, "\(changed.text)")
        }
    }

    @Test("keeps the only icon of a campaign that has passes, whatever its scale")
    func onlyIcon() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let bytes = try ZIPWriter.archive([
                ZIPEntry(path: "pass.json", bytes: JSONValue.object(Self.pass).serialized()),
                ZIPEntry(path: "icon@2x.png", bytes: Picture.png(width: 76, height: 76)),
            ])
            let answer = try await imported(bytes, as: "card", by: issuer)
            #expect(answer.status == 201 && answer.json["state"] == "active", "\(answer.text)")
            #expect(try await issuer.open(issuer.link(campaign: "card")).status == 200)
            let refused = try await issuer.admin(.delete, "/admin/v1/campaigns/card/images/icon@2x.png")
            #expect(refused.status == 409, "\(refused.text)")
        }
    }
}
