import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("A link to several passes", .sharedPlatform) struct BundleEndToEndTests {
        private static let chromeOnIPhone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "CriOS/137.0.7151.51 Mobile/15E148 Safari/604.1"
        private static let html = "text/html,application/xhtml+xml,*/*;q=0.8"

        private static func link(
            _ people: [Person], _ platform: WalletPlatform, for wallet: LinkPlatform = .apple,
            campaign: CampaignID = WalletPlatform.campaign
        ) async throws -> String {
            let passes = people.map { LinkedPass(contact: $0.contact, voucher: ["points": 7]) }
            let request = LinkRequest(id: "b-1", campaignId: campaign, platform: wallet, passes: passes)
            return try #require(try await platform.links([request]).first)
        }

        @Test("is a bundle in Safari that unzip and zipfile find whole, and openssl verifies each pass of it")
        func bundle() async throws {
            let platform = try WalletPlatform.shared()
            let people = [Person(), Person(), Person()]
            let link = try await Self.link(people, platform)
            let answer = try await platform.open(link, accept: Self.html)
            #expect(answer.status == .ok && answer.headers["Content-Type"] == "application/vnd.apple.pkpasses")
            let directory = try TestDirectory()
            let file = try directory.write(answer.body, to: "passes.pkpasses")
            try await Program.succeed(["unzip", "-t", file])
            let serials = try await Program.succeed([
                "python3", "-c",
                """
                import io, json, os, subprocess, sys, zipfile
                bundle = zipfile.ZipFile(sys.argv[1])
                assert bundle.testzip() is None
                assert all(item.compress_type == zipfile.ZIP_STORED for item in bundle.infolist())
                serials = set()
                for name in bundle.namelist():
                    assert name.endswith(".pkpass"), name
                    package = zipfile.ZipFile(io.BytesIO(bundle.read(name)))
                    assert package.testzip() is None
                    serials.add(json.loads(package.read("pass.json"))["serialNumber"])
                    for part in ("signature", "manifest.json"):
                        package.extract(part, sys.argv[2])
                    subprocess.run(
                        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-out", "/dev/null"]
                        + ["-no-CApath", "-no-CAstore", "-CAfile", sys.argv[3]]
                        + ["-in", os.path.join(sys.argv[2], "signature")]
                        + ["-content", os.path.join(sys.argv[2], "manifest.json")], check=True, stderr=subprocess.DEVNULL)
                assert len(serials) == 3, serials
                print(*serials)
                """, file, directory.path, platform.authority.path("root.pem"),
            ])
            // A link of one of its passes' own leads to the same pass.
            let single = try await platform.open(try await platform.link(for: people[1]))
            #expect(serials.contains(try #require(PassContent(package: single.body)).serialNumber))
            let named = try await platform.open(
                link + ".pkpasses", userAgent: Self.chromeOnIPhone, accept: Self.html)
            #expect(named.headers["Content-Type"] == "application/vnd.apple.pkpasses")
        }

        @Test("is a page of ordinary links in Chrome on an iPhone, from which each pass can be added")
        func page() async throws {
            let platform = try WalletPlatform.shared()
            let people = [Person(), Person()]
            let link = try await Self.link(people, platform)
            try await Browser.run { browser in
                for isDark in [false, true] {
                    try await browser.imitate(
                        userAgent: Self.chromeOnIPhone, isDark: isDark, width: 375, runsScripts: !isDark)
                    try await browser.open(link)
                    #expect(try await browser.barriers() == [])
                    #expect(try await browser.messages() == [])
                }
            }
            let page = try await platform.open(link, userAgent: Self.chromeOnIPhone, accept: Self.html)
            let text = String(decoding: page.body, as: UTF8.self)
            let origin = try #require(platform.issuer.publicURL)
            var names: [String] = []
            for match in text.matches(of: /href="([^"?]+\?platform=apple)"/) {
                let answer = try await platform.open(
                    "\(origin)/api/pass/create/\(match.output.1)", userAgent: Self.chromeOnIPhone, accept: Self.html)
                #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
                names.append("\(try #require(PassContent(package: answer.body)).json)")
            }
            #expect(names.count == 2)
            for (name, person) in zip(names, people) { #expect(name.contains(person.firstName)) }
        }

        @Test("names the pass that can't be made, and makes none")
        func fault() async throws {
            let platform = try WalletPlatform.shared()
            let person = Person()
            let request = LinkRequest(
                id: "b-2", platform: .apple,
                passes: [
                    LinkedPass(campaignId: WalletPlatform.campaign, contact: person.contact, voucher: ["points": 1]),
                    LinkedPass(campaignId: .written("nowhere"), contact: person.contact),
                ])
            let link = try #require(try await platform.links([request]).first)
            let answer = try await platform.open(link)
            #expect(answer.status == .notFound)
            let problem = try JSON.parse(answer.body)
            #expect(problem["detail"] == "Pass 2 of 2: The campaign of this link does not exist.")
            #expect(problem["errors"]?[0]?["pointer"] == "/passes/1")
        }
    }

    @Suite("A link to several passes at Google") struct GoogleBundleTests {
        @Test("saves them all by one link, from one page") func save() async throws {
            try await GooglePlatform.run { subject in
                let people = (0..<10).map { _ in Person() }
                let passes = people.map { LinkedPass(contact: $0.contact, voucher: ["points": 3]) }
                let request = LinkRequest(
                    id: "g-1", campaignId: WalletPlatform.campaign, platform: .any, passes: passes)
                let link = try #require(try await subject.platform.links([request]).first)
                var page: String?
                // The first one may find Google slow; it is the same passes each time.
                try await eventually(within: .seconds(30), "the save link") {
                    page = try await subject.savePage(of: link)
                    return page != nil
                }
                let url = try #require(page)
                #expect(url.utf8.count - subject.google.saveURL.utf8.count <= 1_801)
                let shown = try await subject.platform.send(.get, url)
                let cards = String(decoding: shown.body, as: UTF8.self).matches(of: /<article>/).count
                #expect(shown.status == .ok && cards == 10)
                let ids = try await subject.google.save(link: url)
                #expect(Set(ids).count == 10)
                for id in ids { #expect(subject.google.holders(of: id).count == 1) }
                #expect(subject.google.resourceCounts.objects == 10 && subject.google.resourceCounts.classes == 1)
                #expect(try await subject.savePage(of: link) != nil)
                #expect(subject.google.resourceCounts.objects == 10)
            }
        }
    }
}
