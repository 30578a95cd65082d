import Contracts
import JSON
import Testing

@testable import PassIssuer

@Suite struct CompiledTemplateTests {
    private static let values = TokenValues(
        contact: [
            "id": "c-1", "firstName": "Ada", "none": .null, "empty": "", "address": ["city": "London", "zip": "W1"],
            "braces": "{{voucher.code}} {{{{",
        ],
        voucher: [
            "value": .number(JSONNumber(text: "10.50") ?? JSONNumber(0)),
            "big": .number(JSONNumber(text: "1e400") ?? JSONNumber(0)),
            "open": true, "list": [1, 2], "code": "AB12",
        ])

    private func render(_ template: String, _ rule: TokenRule = TokenRule()) throws -> String {
        try CompiledTemplate.compile(JSON.parse(template)).render(Self.values, rule).description
    }

    private func faults(_ body: () throws -> Void) throws -> [String] {
        do {
            try body()
            return []
        } catch let error as TemplateFaults {
            return error.faults.map(\.pointer.description)
        }
    }

    @Test(
        "fills tokens",
        arguments: [
            (#"{"a":"Hello {{contact.firstName}}!"}"#, #"{"a":"Hello Ada!"}"#),
            (#"["{{contact.address.city}}","{{ contact.id }}"]"#, #"["London","c-1"]"#),
            // A string that is exactly one token takes the value's type, numbers as they were written.
            (#"{"v":"{{voucher.value}}"}"#, #"{"v":10.50}"#),
            (#"{"v":"{{voucher.big}}"}"#, #"{"v":1e400}"#),
            (#"{"v":"{{voucher.open}}"}"#, #"{"v":true}"#),
            (#"{"v":"{{voucher.list}}"}"#, #"{"v":[1,2]}"#),
            (#"{"v":"{{contact.address}}"}"#, #"{"v":{"city":"London","zip":"W1"}}"#),
            // Inside a longer string everything is text.
            (#"{"v":"{{voucher.value}} €"}"#, #"{"v":"10.50 €"}"#),
            (#"{"v":" {{voucher.open}}"}"#, #"{"v":" true"}"#),
            (#"{"v":"{{contact.empty}}"}"#, #"{"v":""}"#),
            // Keys are literal, values of tokens are data.
            (#"{"{{contact.id}}":"x"}"#, #"{"{{contact.id}}":"x"}"#),
            (#"{"v":"{{contact.braces}}"}"#, #"{"v":"{{voucher.code}} {{{{"}"#),
            (#"{"v":"<{{contact.braces}}>"}"#, #"{"v":"<{{voucher.code}} {{{{>"}"#),
            // What holds no token stays, escapes apart.
            (#"{"a":[1,2.0,null,true,{"b":"{{{{x}}"}]}"#, #"{"a":[1,2.0,null,true,{"b":"{{x}}"}]}"#),
            (#"{"z":"{{contact.id}}","a":{"b":["x","{{contact.id}}"]}}"#, #"{"a":{"b":["x","c-1"]},"z":"c-1"}"#),
        ])
    func fills(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test(
        "refuses a token without a value, at its place",
        arguments: [
            "contact.missing", "contact.none", "contact.address.street", "contact.firstName.x", "voucher.list.0",
        ])
    func missing(token: String) throws {
        #expect(try faults { _ = try render(#"{"a":["x","{{\#(token)}}"]}"#) } == ["/a/1"])
        #expect(try faults { _ = try render(#"{"a":["x","Hi {{\#(token)}}"]}"#) } == ["/a/1"])
    }

    @Test("leaves nothing in the place of a missing token when told to")
    func empty() throws {
        let rule = TokenRule(onMissing: .empty)
        #expect(try render(#"["{{contact.none}}","<{{contact.missing}}>"]"#, rule) == #"["","<>"]"#)
    }

    @Test("takes defaults before anything else for a missing value, and never reads them as templates")
    func defaults() throws {
        let policy = TokenPolicy(
            onMissing: .empty,
            defaults: [
                "contact.none": "there", "voucher.points": 7, "contact.id": "unused", "contact.t": "{{contact.id}}",
                "contact.null": .null,
            ])
        let rule = try TokenRule(policy)
        #expect(
            try render(
                #"["{{contact.none}}","{{voucher.points}}","{{contact.id}}","{{contact.t}}","{{contact.null}}"]"#, rule)
                == #"["there",7,"c-1","{{contact.id}}",""]"#)
    }

    @Test("refuses defaults whose keys are no paths, all at once")
    func badDefaults() throws {
        let policy = TokenPolicy(onMissing: .reject, defaults: ["contact": 1, "contact.x": 2, "other.y": 3])
        #expect(
            try faults { _ = try TokenRule(policy) } == ["/tokens/defaults/contact", "/tokens/defaults/other.y"])
    }

    @Test("refuses an object or an array inside a longer text", arguments: ["contact.address", "voucher.list"])
    func structured(token: String) throws {
        #expect(try faults { _ = try render(#"{"a":{"b~/":"x {{\#(token)}}"}}"#) } == ["/a/b~0~1"])
    }

    @Test("names every fault at once, from the place where the template stands")
    func allFaults() throws {
        let template = try JSON.parse(#"{"a":"{{x.y}}","b":["{{contact.ok}}","{{contact}}"],"c":"{{"}"#)
        let compiling = try faults { _ = try CompiledTemplate.compile(template, at: JSONPointer(tokens: ["pass"])) }
        #expect(compiling == ["/pass/a", "/pass/b/1", "/pass/c"])
        let good = try JSON.parse(#"{"a":"{{contact.a}}","b":["{{contact.id}}","{{contact.b}}{{contact.c}}"]}"#)
        let compiled = try CompiledTemplate.compile(good, at: JSONPointer(tokens: ["pass"]))
        let rendering = try faults { _ = try compiled.render(Self.values) }
        #expect(rendering == ["/pass/a", "/pass/b/1", "/pass/b/1"])
    }

    @Test("knows the tokens that it needs, sorted and once")
    func tokens() throws {
        let template = try CompiledTemplate.compile(
            JSON.parse(#"["{{voucher.b}} {{contact.a}}",{"x":"{{voucher.b}}","y":"{{contact.a.b}}"}]"#))
        #expect(template.tokens.map(\.description) == ["contact.a", "contact.a.b", "voucher.b"])
        #expect(try CompiledTemplate.compile(JSON.parse(#"{"a":"{{{{contact.x}}"}"#)).isConstant)
    }
}
