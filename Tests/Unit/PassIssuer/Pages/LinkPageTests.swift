import Contracts
import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct LinkPageTests {
    private static func page(
        link: String = "eyJ.e30.c2ln", header: String = "en", platforms: [Platform] = Platform.allCases,
        value: String = "Seven"
    ) throws -> (headers: HTTPHeaders, text: String) {
        let content = try PackageFixture(CampaignVersions.card(value: value)).content
        let accepted = AcceptedLanguages(header: header)
        let card = PassCard(
            try content.content(for: TokenValues()), shared: [], images: [:], organizationName: "Acme",
            accepted: accepted)
        let answer = LinkPage(baseURL: "https://wallet.example").response(
            for: link, showing: [LinkPageEntry(card: card, platforms: platforms)], to: accepted)
        guard case .bytes(let bytes) = answer.body else { return (answer.headers, "") }
        return (answer.headers, String(decoding: bytes, as: UTF8.self))
    }

    @Test("its policy allows its own two style sheets by their hashes, and pictures of its own origin")
    func policy() throws {
        let page = try Self.page()
        let policy = try #require(page.headers["Content-Security-Policy"])
        #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe"))
        let sheets = page.text.matches(of: /<style>([^<]*)<\/style>/).map(\.output.1)
        #expect(sheets.count == 2)
        for sheet in sheets {
            let digest = try ExternalTool.run("openssl", "dgst", "-sha256", "-binary", input: Array(sheet.utf8)).output
            #expect(policy.contains("'sha256-\(Base64.encode(digest))'"))
        }
        #expect(!page.text.contains(" style=") && !page.text.contains("<script"))
    }

    @Test("the largest page that a link can make is smaller than 50 KB", arguments: ["en", "ar"])
    func weight(header: String) throws {
        let signs = String(repeating: "&", count: 1_000)
        let text = try Self.page(
            link: String(repeating: "x", count: 1_273 - 39), header: header, value: signs
        ).text
        #expect(text.contains("<figure>"))
        // Every field of a style may be as long as that, fourteen labels and values in all.
        #expect(text.utf8.count + 27 * 120 * 5 < 50_000, "\(text.utf8.count)")
    }

    @Test("a link that no camera could read is offered in words instead of a code")
    func noCode() throws {
        let text = try Self.page(link: String(repeating: "x", count: 1_273)).text
        #expect(!text.contains("<figure>") && text.contains("send yourself the link"))
    }

    @Test("is written from right to left for readers of Arabic")
    func rightToLeft() throws {
        let page = try Self.page(header: "ar")
        #expect(page.text.contains(#"<html lang="ar" dir="rtl">"#) && page.headers["Content-Language"] == "ar")
        #expect(page.text.contains("إضافة إلى Apple Wallet"))
    }

    @Test("has a button for each wallet that its campaign serves, and says so when there is one alone")
    func buttons() throws {
        let apple = try Self.page(platforms: [.apple]).text
        #expect(apple.contains("?platform=apple") && !apple.contains("?platform=google"))
        #expect(apple.contains("made for Apple Wallet") && !apple.contains("Google"))
        let google = try Self.page(header: "de", platforms: [.google]).text
        #expect(google.contains("In Google Wallet speichern") && !google.contains("Apple"))
    }

    @Test("offers each of several passes by its own link, in its own colours, and all at once where that works")
    func several() throws {
        let accepted = AcceptedLanguages(header: "en")
        let entries = try (1...3).map { number in
            let content = try PackageFixture(CampaignVersions.card(value: "Value \(number)")).content
            let card = PassCard(
                try content.content(for: TokenValues()), shared: [], images: [:], organizationName: "Acme",
                accepted: accepted)
            return LinkPageEntry(card: card, platforms: Platform.allCases, link: "token-\(number)")
        }
        let answer = LinkPage(baseURL: "https://wallet.example").response(
            for: "eyJ.e30.c2ln", showing: entries, savesTogether: true, to: accepted)
        guard case .bytes(let bytes) = answer.body else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        for number in 1...3 {
            #expect(text.contains("Value \(number)") && text.contains("#pass-\(number){--pass-ground:"))
            #expect(text.contains(#"href="token-\#(number)?platform=apple""#))
            #expect(text.contains(#"href="token-\#(number)?platform=google""#))
        }
        #expect(text.contains("Your passes are ready") && text.contains("these are always the same passes"))
        #expect(text.contains("Save all to Google Wallet") && text.contains(#"href="?platform=google""#))
        #expect(!text.contains(#"href="?platform=apple""#))
    }

    @Test("a fault page keeps the problem's status, words and headers")
    func fault() throws {
        let head = HTTPRequestHead(
            method: .get, path: "/", headers: ["Accept-Language": "fr"], requestID: "r-1")
        let problem = Problem(.serviceUnavailable, "Later <please>.").retryAfter(seconds: 10)
        let answer = FaultPage.response(problem, trouble: .busy, to: head)
        guard case .bytes(let bytes) = answer.body else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(answer.status == .serviceUnavailable && answer.headers["Retry-After"] == "10")
        #expect(text.contains("Later &lt;please&gt;.") && text.contains("Veuillez réessayer"))
        #expect(text.contains("Error 503 · Request r-1"))
    }
}
