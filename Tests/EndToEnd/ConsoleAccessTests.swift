import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("The console's session", .sharedPlatform) struct ConsoleAccessTests {
        private static func send(
            _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:], _ body: String? = nil
        ) async throws -> HTTPClientResponse {
            let platform = try WalletPlatform.shared()
            var headers = headers
            if body != nil { headers["Content-Type"] = "application/json" }
            return try await platform.client.send(
                HTTPClientRequest(
                    method: method, url: platform.issuer.internalURL + path, headers: headers,
                    body: Array((body ?? "").utf8), deadline: .seconds(30)))
        }

        private static func signIn(
            _ headers: HTTPHeaders = [:]
        ) async throws -> (cookie: String, csrf: String, header: String) {
            let admin = try WalletPlatform.shared().secrets.admin
            let answer = try await send(.post, "/console/session", headers, "{\"token\":\"\(admin)\"}")
            let header = try #require(answer.headers["Set-Cookie"])
            let csrf = try JSON.decode(ConsoleSessionAnswer.self, from: answer.body).csrfToken
            return (String(header.prefix { $0 != ";" }), csrf, header)
        }

        @Test("its cookie is kept from scripts and other sites, holds no token, and is Secure behind TLS")
        func cookie() async throws {
            let admin = try WalletPlatform.shared().secrets.admin
            let plain = try await Self.signIn().header
            #expect(plain.contains("; HttpOnly") && plain.contains("; SameSite=Strict") && !plain.contains("Secure"))
            #expect(!plain.contains(admin))
            #expect(try await Self.signIn(["X-Forwarded-Proto": "https"]).header.contains("; Secure"))
        }

        @Test("a session reads with its cookie alone, and changes nothing without its CSRF token") func csrf()
            async throws
        {
            let (cookie, csrf, _) = try await Self.signIn()
            #expect(try await Self.send(.get, "/admin/v1/campaigns", ["Cookie": cookie]).status == .ok)
            let path = "/admin/v1/barcodes"
            let body = #"{"format":"PKBarcodeFormatQR","message":"x"}"#
            #expect(try await Self.send(.post, path, ["Cookie": cookie], body).status == .forbidden)
            let headers: HTTPHeaders = ["Cookie": cookie, "X-CSRF-Token": csrf]
            #expect(try await Self.send(.post, path, headers, body).status == .ok)
            var foreign = headers
            foreign["Sec-Fetch-Site"] = "same-site"
            #expect(try await Self.send(.post, path, foreign, body).status == .forbidden)
        }

        @Test("a session opens admin paths alone, and a changed cookie opens nothing") func scopes() async throws {
            let (cookie, csrf, _) = try await Self.signIn()
            let headers: HTTPHeaders = ["Cookie": cookie, "X-CSRF-Token": csrf]
            #expect(try await Self.send(.post, "/pers/v1/urls", headers, "{}").status == .unauthorized)
            let changed = String(cookie.dropLast(2)) + (cookie.hasSuffix("AA") ? "BB" : "AA")
            #expect(try await Self.send(.get, "/admin/v1/campaigns", ["Cookie": changed]).status == .unauthorized)
        }

        @Test("what other services own is asked with the caller's own token, and not without one")
        func forwarding() async throws {
            let (cookie, _, _) = try await Self.signIn()
            for path in [
                "/console/device-registry/admin/v1/device-logs", "/console/push-sender/admin/v1/topics",
                "/console/google-bridge/admin/v1/classes", "/console/google-bridge/admin/v1/operations?state=failed",
                "/console/device-registry/admin/v1/audit-log", "/console/push-sender/admin/v1/audit-log",
                "/console/google-bridge/admin/v1/audit-log",
            ] {
                let answer = try await Self.send(.get, path, ["Cookie": cookie])
                #expect(answer.status == .ok, "\(path)")
                #expect(try JSON.parse(answer.body)["items"]?.arrayValue != nil, "\(path)")
                #expect(try await Self.send(.get, path).status == .unauthorized, "\(path)")
            }
        }

        @Test("the public listener knows no console") func publicListener() async throws {
            let platform = try WalletPlatform.shared()
            let url = try #require(platform.issuer.publicURL)
            #expect(try await platform.send(.get, url + "/console").status == .notFound)
            #expect(try await platform.send(.get, url + "/console/session").status == .notFound)
        }

        @Test("every file of Console/ is served as it is, under a strict policy, and answers 304 to its tag")
        func files() async throws {
            let folder = "\(Checkout.path)/Services/pass-issuer/Console"
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains(".") }
            #expect(files.count > 10)
            for file in files {
                let path = file == "index.html" ? "/console" : "/console/assets/\(file)"
                let answer = try await Self.send(.get, path)
                #expect(answer.status == .ok, "\(file)")
                #expect(
                    answer.body == Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))), "\(file)")
                let policy = try #require(answer.headers["Content-Security-Policy"])
                #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
                let tag = try #require(answer.headers["ETag"])
                #expect(try await Self.send(.get, path, ["If-None-Match": tag]).status == .notModified)
            }
        }

        @Test("passes are found by their contact, page by page") func contact() async throws {
            let platform = try WalletPlatform.shared()
            let person = Person()
            for campaign in [WalletPlatform.campaign, .both] {
                let link = try await platform.link(for: person, campaign: campaign)
                #expect(try await platform.open(link).status == .ok)
            }
            func page(_ query: [(String, String)]) async throws -> Page<Contracts.Pass> {
                try await platform.admin.call(PassIssuerEndpoints.findPasses, query: query)
            }
            let first = try await page([("contactId", person.id), ("limit", "1")])
            let rest = try await page([("contactId", person.id), ("cursor", try #require(first.nextCursor))])
            #expect(Set((first.items + rest.items).map(\.campaignId)) == [WalletPlatform.campaign, .both])
            #expect(rest.nextCursor == nil)
            #expect(try await page([("contactId", "nobody")]).items.isEmpty)
        }

        @Test("too many tries to sign in are put off") func rate() async throws {
            try await withPlatform { platform in
                var statuses: [HTTPStatus] = []
                for _ in 0..<12 {
                    let answer = try await platform.client.send(
                        HTTPClientRequest(
                            method: .post, url: platform.issuer.internalURL + "/console/session",
                            headers: ["Content-Type": "application/json"], body: Array(#"{"token":"wrong"}"#.utf8),
                            deadline: .seconds(30)))
                    statuses.append(answer.status)
                }
                #expect(statuses.first == .unauthorized && statuses.last == .tooManyRequests)
            }
        }
    }
}
