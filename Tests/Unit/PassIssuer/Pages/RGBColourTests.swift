import JSON
import Testing

@testable import PassIssuer

@Suite struct RGBColourTests {
    @Test(
        "reads what pass.json may hold, and writes it for a style sheet",
        arguments: [
            ("rgb(22, 50, 42)", "#16322a"), ("rgb(0,0,0)", "#000000"), ("#FfF", "#ffffff"), ("#a1B2c3", "#a1b2c3"),
            ("red", nil), ("rgb(1,2,3);}*{x:y", nil), ("#12", nil),
        ])
    func reading(text: String, css: String?) {
        #expect(RGBColour(pass: text)?.css == css)
    }

    @Test(
        "computes the contrast of WCAG",
        arguments: [
            ("#000", "#fff", 21.0), ("#777", "#fff", 4.48), ("#767676", "#fff", 4.54), ("#0000ff", "#ff0000", 2.15),
        ])
    func contrast(one: String, two: String, ratio: Double) throws {
        // From the reference calculator of WebAIM.
        let (first, second) = (try #require(RGBColour(pass: one)), try #require(RGBColour(pass: two)))
        let found = first.contrast(with: second)
        #expect(abs(found - ratio) < 0.006)
    }

    @Test("whatever a campaign's colours are, its texts can be read")
    func readable() throws {
        for ground in stride(from: 0, through: 255, by: 5) {
            let pass: JSONObject = [
                "backgroundColor": .string("rgb(\(ground), \(255 - ground), \(ground / 2))"),
                "foregroundColor": .string("rgb(\(ground), 120, 120)"), "labelColor": "rgb(127, 127, 127)",
            ]
            let colours = CardColours(of: pass)
            #expect(colours.text.contrast(with: colours.ground) >= 4.5)
            #expect(colours.label.contrast(with: colours.ground) >= 4.5)
        }
        let good = CardColours(of: [
            "backgroundColor": "#16322a", "foregroundColor": "#fbf3e4", "labelColor": "#9cc47e",
        ])
        #expect(good.text.css == "#fbf3e4" && good.label.css == "#9cc47e")
    }
}
