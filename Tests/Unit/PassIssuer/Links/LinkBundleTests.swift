import Contracts
import Cryptography
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct LinkBundleTests {
    private static func bundle(_ count: Int = 3, note: String = "") throws -> LinkBundle {
        let first = try LinkFixtures.claims()
        let passes = try (0..<count).map { number in
            var pass = first
            pass.passKey = try #require(PassKey(rawValue: "k-\(number)"))
            pass.voucher["seat"] = .string("\(number)\(note)")
            return pass
        }
        return LinkBundle(
            platform: .apple, issuedAt: first.issuedAt, expiresAt: first.expiresAt, passes: passes)
    }

    private static func token(_ bundle: LinkBundle, _ format: LinkFormat = .signed) throws -> String {
        let minter = LinkMinter(keys: try #require(LinkFixtures.keys), format: format, baseURL: "https://w.example")
        return String(try minter.url(for: .bundle(bundle)).dropFirst("https://w.example/api/pass/create/".count))
    }

    @Test("reads back what it made, signed and encrypted", arguments: LinkFormat.allCases)
    func roundTrip(format: LinkFormat) throws {
        let bundle = try Self.bundle()
        let reader = LinkReader(keys: try #require(LinkFixtures.keys))
        #expect(try reader.content(of: Self.token(bundle, format), at: LinkFixtures.whileValid) == .bundle(bundle))
    }

    @Test("writes what all passes share once")
    func shared() throws {
        let payload = try #require(Base64URL.decode(String(try Self.token(Self.bundle()).split(separator: ".")[1])))
        let claims = try JSON.parse(payload)
        #expect(claims["campaign"] == "spring-loyalty" && claims["contact"]?["firstName"] == "Zoë")
        #expect(claims["voucher"] == nil && claims["jti"] == nil)
        let first = try #require(claims["passes"]?.arrayValue?.first?.objectValue)
        #expect(first.map(\.key) == ["jti", "voucher"])
    }

    @Test("has an end like every link")
    func expired() throws {
        let reader = LinkReader(keys: try #require(LinkFixtures.keys))
        let token = try Self.token(Self.bundle())
        #expect(throws: LinkError.expired) { try reader.content(of: token, at: Instant(seconds: 1_798_761_600)) }
    }

    @Test("says what to do when the link gets too long")
    func tooLong() throws {
        let bundle = try Self.bundle(10, note: String(repeating: "x", count: 600))
        let fault = #expect(throws: RequestedLinkFault.self) { try Self.token(bundle) }
        #expect(fault?.member == "passes" && fault?.detail.contains("Put fewer passes into it") == true)
    }

    @Test("ten passes of ordinary size fit")
    func fits() throws {
        #expect(try Self.token(Self.bundle(10, note: String(repeating: "x", count: 250))).utf8.count < 8_000)
    }
}
