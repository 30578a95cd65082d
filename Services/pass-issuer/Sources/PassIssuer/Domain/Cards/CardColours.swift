import JSON

/// The colours of a pass, in which everything can be read.
struct CardColours: Sendable, Hashable {
    let ground: RGBColour
    let text: RGBColour
    let label: RGBColour

    /// The colours that pass.json names; what could not be read on its ground becomes black or white.
    init(of pass: JSONObject) {
        func colour(_ key: String) -> RGBColour? { pass[key]?.stringValue.flatMap(RGBColour.init(pass:)) }
        ground = colour("backgroundColor") ?? .white
        text = (colour("foregroundColor") ?? .black).readable(on: ground)
        label = (colour("labelColor") ?? text).readable(on: ground)
    }
}
