import JSON
import Testing

@testable import PassIssuer

@Suite struct FieldNoticesTests {
    private func pass(_ fields: String, in group: String = "primaryFields") throws -> JSONObject {
        try #require(try JSON.parse(#"{"storeCard":{"\#(group)":[\#(fields)]}}"#).objectValue)
    }

    @Test("names a changed field without a changeMessage, and one whose changeMessage shows no value")
    func names() throws {
        let old = try pass(#"{"key":"a","value":1},{"key":"b","value":1,"changeMessage":"Changed"}"#)
        let new = try pass(#"{"key":"a","value":2},{"key":"b","value":2,"changeMessage":"Changed"}"#)
        let warnings = FieldNotices.warnings(from: old, to: new)
        #expect(warnings.count == 2)
        #expect(warnings.first?.contains("\"a\"") == true && warnings.last?.contains("\"b\"") == true)
    }

    @Test("says nothing of fields that have a changeMessage, stayed as they were, or are new or gone")
    func silent() throws {
        let old = try pass(#"{"key":"a","value":1},{"key":"b","value":1},{"key":"c","value":1}"#, in: "backFields")
        let new = try pass(
            #"{"key":"a","value":2,"changeMessage":"Now %@"},{"key":"b","label":"B","value":1},{"key":"d","value":1}"#,
            in: "backFields")
        #expect(FieldNotices.warnings(from: old, to: new).isEmpty)
    }
}
