import JSON
import Testing

@testable import PassIssuer

@Suite struct AcceptedFaultsTests {
    private static let stored = """
        {"backgroundColor":"red","coupon":{"headerFields":[{"key":"h","value":1},{"key":"b","value":1},{"key":"c","value":1},
         {"key":"d","value":1}],"backFields":[{"key":"x","value":"soon","dateStyle":"PKDateStyleShort"}]}}
        """

    private func refused(_ patch: String) throws -> [String] {
        let stored = try ValidationCase(Self.stored).faults(.coupon, .template)
        #expect(stored.errors.count == 3)
        let pass = try ValidationCase.pass(.coupon).mergePatched(with: JSON.parse(Self.stored))
            .mergePatched(with: JSON.parse(patch))
        let faults = PassValidator(hasOrganizationName: false).faults(inTemplate: pass)
        return AcceptedFaults(stored).refused(among: faults.errors).map(\.pointer.description)
    }

    @Test(
        "lets stay what the stored version has, wherever it moves",
        arguments: [
            "{}", #"{"description":"Another"}"#,
            #"{"coupon":{"backFields":[{"key":"w","value":1},{"key":"x","value":"soon","dateStyle":"PKDateStyleShort"}]}}"#,
            // Five or six fields where three are drawn are one and the same fault.
            #"{"coupon":{"headerFields":[{"key":"h","value":1},{"key":"b","value":1},{"key":"c","value":1},{"key":"d","value":1},{"key":"e","value":1}]}}"#,
            #"{"backgroundColor":"rgb(1,2,3)"}"#,
        ])
    func stays(patch: String) throws {
        #expect(try refused(patch) == [])
    }

    @Test(
        "refuses what is new",
        arguments: [
            (#"{"labelColor":"red"}"#, "/pass/labelColor"), (#"{"backgroundColor":"blue"}"#, "/pass/backgroundColor"),
            (
                #"{"coupon":{"backFields":[{"key":"x","value":"soon","dateStyle":"PKDateStyleShort"},{"key":"y","value":"late","dateStyle":"PKDateStyleShort"}]}}"#,
                "/pass/coupon/backFields/1/value"
            ),
            (#"{"description":null}"#, "/pass/description"),
        ])
    func new(patch: String, pointer: String) throws {
        #expect(try refused(patch) == [pointer])
    }
}
