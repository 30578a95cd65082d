import Contracts
import Testing

@testable import GoogleBridge

@Suite struct GoogleResourceIDTests {
    private func issuer() throws -> GoogleIssuerID {
        try #require(GoogleIssuerID(rawValue: "3388000000022141777"))
    }

    @Test(arguments: [
        ("3388000000022141777.lib.edutap.eu", "3388000000022141777", "lib.edutap.eu"), ("1.a_B-9", "1", "a_B-9"),
        ("1..", "1", "."),
    ])
    func splitsAtTheFirstDot(text: String, issuer: String, suffix: String) throws {
        let id = try #require(GoogleResourceID(text))
        #expect(id.issuerID.rawValue == issuer)
        #expect(id.suffix == suffix)
        #expect(id.description == text)
    }

    @Test(arguments: ["", "1", "1.", ".a", "x.a", "1.a b", "1.ä", "1.a/b", "123456789012345678901.a"])
    func refusesABadID(text: String) {
        #expect(GoogleResourceID(text) == nil)
    }

    @Test(
        arguments: [
            ("spring-loyalty", 1, nil, "spring-loyalty"), ("spring-loyalty", 3, nil, "spring-loyalty.v3"),
            ("flights", 1, "00ff00ff00ff00ff", "flights.00ff00ff00ff00ff"), ("flights", 2, "ab", "flights.v2.ab"),
        ] as [(String, Int, String?, String)])
    func namesAClassByItsCampaign(campaign: String, generation: Int, variant: String?, suffix: String) throws {
        let campaign = try #require(CampaignID(rawValue: campaign))
        let id = GoogleResourceID(issuerID: try issuer(), campaign: campaign, generation: generation, variant: variant)
        #expect(id.description == "3388000000022141777." + suffix)
    }

    @Test(arguments: [
        ("0123abcdef", "0123abcdef"), ("A.b-c_d", "A.b-c_d"), ("a b", "a_20b"), ("a/b", "a_2Fb"), ("a_20b", "a_5F20b"),
        ("_", "_5F"), ("a_", "a_"), ("~", "_7E"), ("a__20", "a__5F20"),
    ])
    func escapesASerialNumber(serialNumber: String, suffix: String) throws {
        let serialNumber = try #require(SerialNumber(rawValue: serialNumber))
        let id = GoogleResourceID(issuerID: try issuer(), serialNumber: serialNumber)
        #expect(id.suffix == suffix)
        #expect(GoogleResourceID(id.description) == id)
    }

    @Test func neverMakesOneIDOfTwoTexts() {
        // Every text of up to four of the characters that escaping is about, and of those that it makes.
        let alphabet = ["_", "5", "F", "f", " ", ".", "é"]
        var texts = [""]
        var all = texts
        for _ in 1...4 {
            texts = texts.flatMap { text in alphabet.map { text + $0 } }
            all += texts
        }
        for extra in [nil, "."] as [Unicode.Scalar?] {
            let escaped = all.map { EscapedText.escaped($0, also: extra) }
            #expect(Set(escaped).count == all.count)
            #expect(escaped.allSatisfy { !$0.isEmpty })
            #expect(
                escaped.joined().unicodeScalars.allSatisfy { scalar in
                    scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains(scalar))
                        || scalar == extra
                })
        }
    }
}
