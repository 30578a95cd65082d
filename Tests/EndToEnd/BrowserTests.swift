import Contracts
import Cryptography
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Links in browsers", .sharedPlatform) struct BrowserTests {
        private static let desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        private static let android =
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
        private static let mac =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"
        private static let html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

        @Test(
            "a link for any wallet shows a desktop the buttons of those that its campaign serves, and a QR code",
            arguments: [
                (WalletPlatform.campaign, ["Apple Wallet"]), (CampaignID.both, ["Apple Wallet", "Google Wallet"]),
                (CampaignID.google, ["Google Wallet"]),
            ])
        func anyOnDesktop(_ campaign: CampaignID, _ wallets: [String]) async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: campaign, platform: .any)
            let answer = try await platform.open(link, userAgent: Self.desktop, accept: Self.html)
            #expect(answer.status == .ok)
            #expect(answer.headers["Content-Type"]?.hasPrefix("text/html") == true)
            #expect(answer.headers["Cache-Control"] == "no-store, private")
            let page = String(decoding: answer.body, as: UTF8.self)
            for wallet in ["Apple Wallet", "Google Wallet"] {
                #expect(page.contains(wallet) == wallets.contains(wallet), "\(wallet)")
            }
            #expect(page.contains("<svg") && page.contains("</svg>"))
            // The page asks nobody else for anything.
            #expect(!page.contains("<script") && !page.contains("src=\"http") && !page.contains("url(http"))
        }

        @Test("the page's button for Apple leads to the pass") func button() async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: .both, platform: .any)
            let page = String(
                decoding: try await platform.open(link, userAgent: Self.desktop, accept: Self.html).body, as: UTF8.self)
            let target = try #require(page.firstMatch(of: /href="([^"]*)"[^>]*>[^<]*Apple/)?.output.1)
            let url = target.hasPrefix("?") ? link + target : String(target)
            let answer = try await platform.open(url, userAgent: Self.desktop, accept: Self.html)
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
        }

        @Test(
            "a link for any wallet gives an iPhone and a Mac the pass at once",
            arguments: [IPhone.browserUserAgent, mac])
        func anyOnApple(_ userAgent: String) async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: .both, platform: .any)
            let answer = try await platform.open(link, userAgent: userAgent, accept: Self.html)
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
        }

        @Test(
            "while google-bridge is away Google's side is 503 with Retry-After: a problem to programs, a page to people"
        )
        func google() async throws {
            try await withPlatform { platform in
                try await platform.putWalletConfiguration(.both, certificate: "other", google: true)
                try await platform.putCampaign(.both, configuration: .both)
                await platform.bridge.terminate()
                let links = [
                    (
                        try await platform.link(for: Person(), campaign: .both, platform: .google),
                        IPhone.browserUserAgent
                    ),
                    (try await platform.link(for: Person(), campaign: .both, platform: .any), Self.android),
                ]
                for (link, userAgent) in links {
                    for accept in ["application/json", Self.html] {
                        let answer = try await platform.open(link, userAgent: userAgent, accept: accept)
                        #expect(answer.status == .serviceUnavailable)
                        #expect(answer.headers["Retry-After"].flatMap { Int($0) } != nil)
                        let expected = accept == Self.html ? "text/html" : "application/problem+json"
                        #expect(answer.headers["Content-Type"]?.hasPrefix(expected) == true)
                    }
                }
            }
        }

        @Test("a campaign without Google's side answers its links 409") func withoutGoogle() async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), platform: .google)
            #expect(try await platform.open(link).status == .conflict)
        }

        @Test("what is wrong with a link is said to programs as a problem, and to people on a small page")
        func faults() async throws {
            let platform = try WalletPlatform.shared()
            let good = try await platform.link(for: Person())
            let expiring = try await platform.link(for: Person(), expiresAt: Instant.now().adding(seconds: 8))
            let unknown = try await platform.link(for: Person(), campaign: CampaignID.written("nowhere"))
            try await eventually("a link to expire") { try await platform.open(expiring).status == .gone }
            let cases: [(String, HTTPStatus)] = [
                (try #require(platform.issuer.publicURL) + "/api/pass/create/hello", .badRequest),
                (try Self.tampered(good), .unauthorized), (Self.withAnotherEnd(good), .unauthorized),
                (try Self.unsigned(good), .unauthorized),
                (expiring, .gone), (unknown, .notFound),
            ]
            for (link, status) in cases {
                let program = try await platform.open(link, accept: "*/*")
                #expect(program.status == status)
                #expect(program.headers["Content-Type"] == "application/problem+json")
                let problem = try JSON.decode(Problem.self, from: program.body)
                #expect(problem.status == status.rawValue && problem.detail?.isEmpty == false)
                #expect(problem.requestId == program.headers["X-Request-Id"])

                let person = try await platform.open(link, accept: Self.html)
                #expect(person.status == status)
                #expect(person.headers["Content-Type"]?.hasPrefix("text/html") == true)
                #expect(String(decoding: person.body, as: UTF8.self).contains(try #require(problem.detail).prefix(20)))
                #expect(person.body.count < 8_192)
            }
        }

        /// The link with the first character of its signature changed.
        private static func tampered(_ link: String) throws -> String {
            let dot = try #require(link.lastIndex(of: "."))
            let signature = link[link.index(after: dot)...]
            return String(link[...dot]) + (signature.hasPrefix("A") ? "B" : "A") + signature.dropFirst()
        }

        /// The link with its last character changed, which leaves a signature that no encoder writes.
        private static func withAnotherEnd(_ link: String) -> String {
            String(link.dropLast()) + (link.hasSuffix("B") ? "C" : "B")
        }

        /// The link with the algorithm that needs no key (RFC 7519 §6).
        private static func unsigned(_ link: String) throws -> String {
            let parts = link.split(separator: ".", omittingEmptySubsequences: false)
            let slash = try #require(link.range(of: "/api/pass/create/"))
            let header = Base64URL.encode(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
            return link[..<slash.upperBound] + "\(header).\(parts[parts.count - 2])."
        }
    }
}
