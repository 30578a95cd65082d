/// A colour of pass.json: `rgb(r, g, b)` with 0 to 255 each, `#RGB` or `#RRGGBB`.
enum PassColour {
    /// Whether a text is a colour, from its first character to its last.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: "#") {
            return (bytes.count == 4 || bytes.count == 7) && bytes.dropFirst().allSatisfy(isHexDigit)
        }
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return false }
        let parts = text.dropFirst(4).dropLast().utf8.split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy(isComponent)
    }

    private static func isComponent(_ part: Substring.UTF8View) -> Bool {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") }
        var digits = part.drop(while: isSpace)
        while let last = digits.last, isSpace(last) { digits.removeLast() }
        guard 1...3 ~= digits.count else { return false }
        var value = 0
        for byte in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return false }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value <= 255
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
