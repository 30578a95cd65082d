import Contracts
import Cryptography
import Foundation
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

/// Links that Python made (Tests/Fixtures/links/make.py).
enum LinkFixtures {
    static let keys = try? KeyRing(parsing: "k1:" + Base64.encode(Array(0..<32)))

    static func link(_ name: String) throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Fixtures/links/links.json")
        let links = try JSON.parse(Array(try Data(contentsOf: file)))
        return try #require(links[name]?.stringValue)
    }

    /// The claims of make.py.
    static func claims() throws -> LinkClaims {
        LinkClaims(
            campaign: try #require(CampaignID(rawValue: "spring-loyalty")), platform: .apple,
            passKey: try #require(PassKey(rawValue: "c-1")), contact: ["id": "c-1", "firstName": "Zoë"],
            voucher: ["code": "AB12", "value": .number(try #require(JSONNumber(text: "10.5")))],
            issuedAt: Instant(microseconds: 1_795_485_600_250_000), expiresAt: Instant(seconds: 1_798_761_600))
    }

    static let whileValid = Instant(seconds: 1_795_485_700)
}
