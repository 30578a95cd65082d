import Testing

@testable import PassIssuer

@Suite struct TemplateTextTests {
    private func rendered(_ text: String) throws -> String {
        try TemplateText(parsing: text).segments.map { segment in
            switch segment {
            case .literal(let literal): literal
            case .token(let path): "[\(path)]"
            }
        }.joined(separator: "|")
    }

    @Test(
        "takes a string apart into literals and tokens",
        arguments: [
            ("plain", "plain"),
            ("", ""),
            ("{{contact.x}}", "[contact.x]"),
            ("{{ contact.x }}", "[contact.x]"),
            ("{{\t\n voucher.a.b\r }}", "[voucher.a.b]"),
            ("Hello {{contact.x}}!", "Hello |[contact.x]|!"),
            ("{{contact.x}}{{voucher.y}}", "[contact.x]|[voucher.y]"),
            ("{{contact.first name}}", "[contact.first name]"),
            ("{{contact.größe}}", "[contact.größe]"),
            ("{", "{"), ("}}", "}}"), ("a } b {c}", "a } b {c}"),
            ("{{{{", "{{"),
            ("{{{{contact.x}}", "{{contact.x}}"),
            ("{{{{{{contact.x}}", "{{|[contact.x]"),
            ("{{{{{{{{", "{{{{"),
            ("{{{{{", "{{{"),
            ("{ {{contact.x}} }", "{ |[contact.x]| }"),
            ("{{contact.x}}}", "[contact.x]|}"),
        ])
    func parses(text: String, expected: String) throws {
        #expect(try rendered(text) == expected)
    }

    @Test(
        "refuses what is no token",
        arguments: [
            ("{{contact.x", TemplateTextError.unclosed), ("{{", .unclosed), ("{{contact.x}", .strayBrace),
            ("{{{contact.x}}", .strayBrace), ("{{contact.{x}}", .strayBrace), ("{{contact.x} }", .strayBrace),
            ("{{}}", .path(.empty)), ("{{  }}", .path(.empty)), ("{{person.x}}", .path(.unknownRoot("person"))),
            ("{{Contact.x}}", .path(.unknownRoot("Contact"))), ("{{.x}}", .path(.unknownRoot(""))),
            ("{{contact}}", .path(.missingKey)), ("{{contact.}}", .path(.missingKey)),
            ("{{contact..x}}", .path(.missingKey)), ("{{voucher.x.}}", .path(.missingKey)),
        ])
    func refuses(text: String, error: TemplateTextError) {
        #expect(throws: error) { try TemplateText(parsing: text) }
    }

    @Test(
        "every text survives escaping",
        arguments: ["{{contact.x}}", "{{{", "{", "{{{{{{{", "a{{b}}c{{", "", "}}{{", "ä{{ö"])
    func escapes(text: String) throws {
        #expect(try TemplateText(parsing: TemplateText.escaping(text)).literal == text)
    }

    @Test("any run of braces and letters survives escaping")
    func escapesAll() throws {
        let alphabet = ["{", "}", "a"]
        for number in 0..<Int(2187) {
            var rest = number
            let text = (0..<7).map { _ in
                defer { rest /= 3 }
                return alphabet[rest % 3]
            }.joined()
            #expect(try TemplateText(parsing: TemplateText.escaping(text)).literal == text)
        }
    }
}
