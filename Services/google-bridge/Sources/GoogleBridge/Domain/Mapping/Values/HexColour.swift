/// Colours of Google: `#rrggbb` in lower case.
enum HexColour {
    /// A colour of pass.json, `rgb(r, g, b)`, `#RGB` or `#RRGGBB`, as Google has it; nil when it is none.
    static func hex(_ text: String) -> String? {
        let lowered = text.lowercased()
        if lowered.hasPrefix("#") { return hex(digits: Array(lowered.utf8.dropFirst())) }
        guard lowered.hasPrefix("rgb("), lowered.hasSuffix(")") else { return nil }
        let parts = lowered.dropFirst(4).dropLast().split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var colour = "#"
        for part in parts {
            let digits = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            guard 1...3 ~= digits.count, let value = Int(String(digits)), 0...255 ~= value, digits.first != "+" else {
                return nil
            }
            colour += (value < 16 ? "0" : "") + String(value, radix: 16)
        }
        return colour
    }

    private static func hex(digits: [UInt8]) -> String? {
        let isHexadecimal: (UInt8) -> Bool = { byte in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
        }
        guard digits.count == 3 || digits.count == 6, digits.allSatisfy(isHexadecimal) else { return nil }
        let all = digits.count == 6 ? digits : digits.flatMap { [$0, $0] }
        return "#" + String(decoding: all, as: UTF8.self)
    }
}
