/// The text of a `numeric`, from its binary form: groups of four decimal digits (`numeric_send` in PostgreSQL).
struct NumericText {
    let text: String

    /// Nil for what is no number in this form; NaN and the infinities are `NaN`, `Infinity` and `-Infinity`.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = BinaryReader(bytes: bytes)
        guard let count = reader.int16(), let weight = reader.int16(), let sign = reader.int16(),
            let scale = reader.int16(), count >= 0, scale >= 0
        else { return nil }
        var groups: [Int16] = []
        for _ in 0..<count {
            guard let group = reader.int16(), (0..<10_000).contains(group) else { return nil }
            groups.append(group)
        }
        switch UInt16(bitPattern: sign) {
        case 0x0000: text = Self.digits(groups, weight: Int(weight), scale: Int(scale))
        case 0x4000: text = "-" + Self.digits(groups, weight: Int(weight), scale: Int(scale))
        case 0xC000: text = "NaN"
        case 0xD000: text = "Infinity"
        case 0xF000: text = "-Infinity"
        default: return nil
        }
    }

    private static func digits(_ groups: [Int16], weight: Int, scale: Int) -> String {
        func group(_ position: Int) -> String {
            let index = weight - position
            let digits = groups.indices.contains(index) ? String(groups[index]) : "0"
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        var whole = ""
        if weight >= 0 {
            for position in stride(from: weight, through: 0, by: -1) { whole += group(position) }
        }
        let significant = whole.drop { $0 == "0" }
        let integer = significant.isEmpty ? "0" : String(significant)
        guard scale > 0 else { return integer }
        var fraction = ""
        for position in 1...(scale + 3) / 4 { fraction += group(-position) }
        return integer + "." + fraction.prefix(scale)
    }
}
