import Contracts
import JSON
import Testing

@Suite struct PersonalizationRequestTests {
    private func request(_ body: String) throws -> PersonalizationRequest {
        try JSON.decode(PersonalizationRequest.self, from: Array(body.utf8))
    }

    private func faults(_ body: String) -> [String] {
        do {
            _ = try request(body)
            return []
        } catch let failure as JSONDecodingFailure {
            return failure.faults.map { "\($0.pointer)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test(
        "takes tokens as they may come: Base64 of both kinds, hexadecimal, a UUID, a compact JWT",
        arguments: [
            "q83vEjRWeJA+/w==", "q83vEjRWeJA-_w", "00ff", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "eyJh.eyJi.c2ln", "a",
            String(repeating: "a", count: 512),
        ])
    func tokens(text: String) {
        #expect(PersonalizationToken(rawValue: text)?.rawValue == text)
    }

    @Test(
        "takes no token that could be a manifest, or anything else that is read as more than a token",
        arguments: [
            #"{"icon.png":"da39a3ee5e6b4b0d3255bfef95601890afd80709"}"#, "{}", "{", "[]", #""a""#, "a,b", "a b", "a\n",
            "",
            "\u{FEFF}a", "a\u{0}", "é", "a;b", "<a>", "(a)", "MIME-Version: 1.0\r\n",
            String(repeating: "a", count: 513),
        ])
    func refusedTokens(text: String) {
        #expect(PersonalizationToken(rawValue: text) == nil)
    }

    @Test("reads Apple's keys, and ignores others and what is blank")
    func info() throws {
        let request = try request(
            #"""
            {"personalizationToken":"t","requiredPersonalizationInfo":{"fullName":"Ada Lovelace","givenName":" ",
             "ISOCountryCode":"GB","shoeSize":39,"emailAddress":null},"more":[]}
            """#)
        #expect(request.requiredPersonalizationInfo.value.values == [.fullName: "Ada Lovelace", .countryCode: "GB"])
    }

    @Test("names every fault, and repeats nothing of what was entered")
    func faulty() throws {
        let long = String(repeating: "ü", count: 129)
        let values =
            #"{"personalizationToken":"t","requiredPersonalizationInfo":{"fullName":"A\nB","emailAddress":7,"postalCode":"\#(long)"}}"#
        #expect(
            faults(values).sorted() == [
                "/requiredPersonalizationInfo/emailAddress", "/requiredPersonalizationInfo/fullName",
                "/requiredPersonalizationInfo/postalCode",
            ])
        #expect(faults(#"{"requiredPersonalizationInfo":{}}"#) == ["/personalizationToken"])
        #expect(faults(#"{"personalizationToken":"t"}"#) == ["/requiredPersonalizationInfo"])
        let failure = #expect(throws: JSONDecodingFailure.self) { try request(values) }
        #expect(failure.map { !"\($0)".contains("A\nB") && !"\($0)".contains("üü") } == true)
    }

    @Test("prints nothing of what was entered")
    func hidden() throws {
        let request = try request(
            #"{"personalizationToken":"t","requiredPersonalizationInfo":{"fullName":"Ada Lovelace"}}"#)
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] { #expect(!text.contains("Lovelace")) }
    }
}
