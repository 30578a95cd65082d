import JSON
import Testing

@Suite struct JSONNumberTests {
    @Test(
        "keeps numbers as they were written",
        arguments: [
            "0", "-0", "10.50", "1E3", "1e+03", "123456789012345678901234567890",
            "0.1000000000000000055511151231257827",
            "-1.0e-400",
        ])
    func keepsText(text: String) throws {
        #expect(String(decoding: try JSON.parse(text).serialized(), as: UTF8.self) == text)
    }

    @Test(
        "gives whole numbers, however they are written, when they fit exactly",
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("1.0", 1),
            ("1e2", 100),
            ("12.5e1", 125), ("9223372036854775808", nil), ("1.5", nil), ("1e300", nil), ("1e16", nil), ("-2.50", nil),
        ] as [(String, Int?)])
    func givesIntegers(text: String, expected: Int?) {
        #expect(JSONNumber(text: text)?.int == expected)
    }

    @Test(
        "refuses text that is no number",
        arguments: ["", " 1", "1 ", "01", "+1", "1.", ".5", "0x1", "NaN", "1e", "-", "--1", "1,2"])
    func refusesText(text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test("writes a double in its shortest form and refuses what is not finite")
    func writesDoubles() {
        #expect(JSONNumber(10.5)?.text == "10.5")
        #expect(JSONNumber(3.0)?.text == "3")
        #expect(JSONNumber(0.1)?.text == "0.1")
        #expect(JSONNumber(Float(0.1))?.text == "0.1")
        #expect(JSONNumber(1e300)?.text == "1e+300")
        #expect(JSONNumber(-0.0)?.text == "-0")
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
    }

    @Test("gives doubles")
    func givesDoubles() {
        #expect(JSONNumber(text: "10.50")?.double == 10.5)
        #expect(JSONNumber(text: "1e400")?.double == .infinity)
        #expect(JSONNumber(text: "-1E-2")?.double == -0.01)
    }
}
