import Contracts
import HTTPTypes
import JSON
import Testing

@Suite struct IdentifierTests {
    private func long(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test("campaigns and wallet configurations are named by 1 to 64 of a-z, 0-9 and -")
    func checksNames() {
        for text in ["a", "spring-loyalty", "0", "-", long(64)] {
            #expect(CampaignID(rawValue: text)?.rawValue == text)
            #expect(WalletConfigurationID(rawValue: text)?.rawValue == text)
        }
        for text in ["", "Spring", "a_b", "a.b", "é", "a b", "a/b", "a\u{0}", long(65)] {
            #expect(CampaignID(rawValue: text) == nil)
            #expect(WalletConfigurationID(rawValue: text) == nil)
        }
    }

    @Test("pass types are named as domains are", arguments: ["", "pass.com/acme", "pass com", "pass.é", "pass\u{0}x"])
    func checksPassTypes(text: String) {
        #expect(PassTypeIdentifier(rawValue: "pass.com.acme-loyalty.v2") != nil)
        #expect(PassTypeIdentifier(rawValue: text) == nil)
        #expect(PassTypeIdentifier(rawValue: long(256)) == nil)
    }

    @Test(
        "serial numbers and device identifiers are what phones may send, without control characters",
        arguments: ["", "a\u{0}b", "a\nb", "\u{7f}", "é", String(repeating: "a", count: 256)])
    func checksSerialNumbers(text: String) {
        #expect(SerialNumber(rawValue: "A/b c:1~") != nil)
        #expect(SerialNumber(rawValue: text) == nil)
        #expect(DeviceLibraryIdentifier(rawValue: "8f3c/2a 1b") != nil)
        #expect(DeviceLibraryIdentifier(rawValue: text) == nil)
    }

    @Test(
        "push tokens are bytes in hexadecimal, kept in lower case",
        arguments: ["", "abc", "0g", "xyz", "ab cd", "0x12"])
    func checksPushTokens(text: String) throws {
        #expect(PushToken(rawValue: text) == nil)
        #expect(PushToken(rawValue: "ABCDEF0123") == PushToken(rawValue: "abcdef0123"))
        #expect(PushToken(rawValue: "ABCDEF0123")?.rawValue == "abcdef0123")
        #expect(PushToken(rawValue: "ABCDEF0123")?.abbreviated == "abcdef01")
        #expect(PushToken(rawValue: long(200)) != nil)
        #expect(PushToken(rawValue: long(202)) == nil)
    }

    @Test(
        "update tags are decimal numbers as the registry writes them",
        arguments: ["", "-1", "+1", "01", "1.0", " 1", "9223372036854775808", "abc", "２"])
    func checksUpdateTags(text: String) {
        #expect(UpdateTag(rawValue: text) == nil)
    }

    @Test("update tags are ordered by the clock")
    func ordersUpdateTags() throws {
        let nine = try #require(UpdateTag(rawValue: "9"))
        let ten = try #require(UpdateTag(clock: 10))
        #expect(nine < ten)
        #expect(ten.rawValue == "10")
        #expect(UpdateTag(clock: .max)?.rawValue == "9223372036854775807")
        #expect(UpdateTag(rawValue: "9223372036854775807")?.clock == .max)
        #expect(UpdateTag(rawValue: "0")?.clock == 0)
        #expect(UpdateTag(clock: -1) == nil)
    }

    @Test("pass keys are any text without control characters")
    func checksPassKeys() {
        #expect(PassKey(rawValue: #"["c-1",null]"#) != nil)
        #expect(PassKey(rawValue: "Zoë 😀") != nil)
        #expect(PassKey(rawValue: "a\u{0}") == nil)
        #expect(PassKey(rawValue: "") == nil)
        #expect(PassKey(rawValue: long(1_025)) == nil)
    }

    @Test("hashes of contents have one spelling")
    func checksHashes() {
        let digits = String(repeating: "0a", count: 32)
        #expect(ContentHash(rawValue: digits) != nil)
        #expect(ContentHash(rawValue: digits.uppercased()) == nil)
        #expect(ContentHash(rawValue: String(digits.dropLast())) == nil)
    }

    @Test("says in a body what it should consist of")
    func explains() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(RegistrationRequest.self, from: ["pushToken": "not hex"])
        }
        let expected = "/pushToken: expected a push token: 1 to 100 bytes in hexadecimal digits"
        #expect(failure.description == expected)
    }

    @Test("stands as a segment of a path and as a key of an object")
    func standsInPaths() throws {
        let campaign = try #require(CampaignID(pathSegment: "spring"))
        #expect(campaign.pathSegment == "spring")
        #expect("\(campaign)" == "spring")
        #expect(CampaignID(pathSegment: "Spring") == nil)
        let counts = try JSON.decode([CampaignID: Int].self, from: ["spring": 2])
        #expect(counts == [campaign: 2])
        #expect(try JSON.encodeToValue(counts) == ["spring": 2])
    }
}
