import JSON
import Testing

@testable import PassIssuer

@Suite struct WrittenTemplateTests {
    @Test("leaves tokens as their author wrote them, undoes the escapes of literal texts, and names the places")
    func written() throws {
        let template = try CompiledTemplate.compile(
            [
                "a": "plain {{{{x}}", "b": ["one {{ contact.name }}!", 3, "{{voucher.value}}"],
                "c": ["d": "{{contact.name}} owes {{{{{{voucher.value}}"],
            ], at: JSONPointer(tokens: ["pass"]))
        let (value, pointers) = template.written()
        #expect(value["a"] == "plain {{x}}")
        #expect(value["b"] == ["one {{contact.name}}!", 3, "{{voucher.value}}"])
        #expect(value["c"]?["d"] == "{{contact.name}} owes {{{{voucher.value}}")
        #expect(Set(pointers.map(\.description)) == ["/pass/b/0", "/pass/b/2", "/pass/c/d"])
    }

    @Test("a template without tokens is its own text, with no place named")
    func constant() throws {
        let (value, pointers) = try CompiledTemplate.compile(["a": "{{{{", "b": .null]).written()
        #expect(value == ["a": "{{", "b": .null])
        #expect(pointers.isEmpty)
    }
}
