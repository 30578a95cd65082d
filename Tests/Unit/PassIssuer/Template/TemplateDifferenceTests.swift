import JSON
import Testing

@testable import PassIssuer

@Suite("Templates whose every rendering differs") struct TemplateDifferenceTests {
    /// Two templates, and whether they differ for every pass.
    struct Row: CustomTestStringConvertible {
        let left: String
        let right: String
        let differ: Bool

        var testDescription: String { "\(left) and \(right)" }
    }

    @Test(
        "are told by what holds no token in either",
        arguments: [
            Row(left: #"{"a":"1"}"#, right: #"{"a":"1"}"#, differ: false),
            Row(left: #"{"a":"1"}"#, right: #"{"a":"2"}"#, differ: true),
            Row(left: #"{"a":"1"}"#, right: #"{"b":"1"}"#, differ: true),
            Row(left: #"{"voided":true,"a":1}"#, right: #"{"a":1}"#, differ: false),
            // What a token brings may be what the other template says.
            Row(left: #"{"a":"{{voucher.x}}"}"#, right: #"{"a":"1"}"#, differ: false),
            Row(left: #"{"a":"{{voucher.x}}"}"#, right: #"{}"#, differ: false),
            Row(left: #"{"a":"{{voucher.x}}"}"#, right: #"{"a":"{{voucher.y}}"}"#, differ: false),
            Row(left: #"{"a":"{{voucher.x}}","b":1}"#, right: #"{"a":"{{voucher.x}}","b":2}"#, differ: true),
            Row(
                left: #"{"f":[{"key":"a","value":"{{voucher.x}}"},{"key":"b","value":"old"}]}"#,
                right: #"{"f":[{"key":"a","value":"{{voucher.x}}"},{"key":"b","value":"new"}]}"#, differ: true),
            Row(
                left: #"{"f":[{"key":"a","value":"{{voucher.x}}"}]}"#,
                right: #"{"f":[{"key":"a","value":"{{voucher.x}}"},{"key":"b","value":"new"}]}"#, differ: false),
            Row(
                left: #"{"s":{"label":"old","value":"{{voucher.x}}"}}"#,
                right: #"{"s":{"label":"new","value":"{{voucher.x}}"}}"#, differ: true),
        ])
    func differ(_ row: Row) throws {
        let left = try CompiledTemplate.compile(try JSON.parse(row.left))
        let right = try CompiledTemplate.compile(try JSON.parse(row.right))
        #expect(left.differsAlways(from: right, apartFrom: "voided") == row.differ)
        #expect(right.differsAlways(from: left, apartFrom: "voided") == row.differ)
    }
}
