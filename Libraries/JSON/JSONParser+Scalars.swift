extension JSONParser {
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// Reads a number, from its sign or first digit.
    mutating func parseNumber() throws(JSONError) -> JSONNumber {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        try skipDigits(or: "a minus sign must be followed by a digit")
        if bytes[firstDigit] == UInt8(ascii: "0"), index - firstDigit > 1 {
            throw error(.malformedNumber("a number does not begin with a zero"), at: firstDigit)
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try skipDigits(or: "a decimal point must be followed by a digit")
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            try skipDigits(or: "an exponent needs a digit")
        }
        return JSONNumber(checked: String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func skipDigits(or fault: String) throws(JSONError) {
        let start = index
        while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
        if index == start { throw error(.malformedNumber(fault)) }
    }

    /// Reads a string, from its opening quotation mark.
    mutating func parseString() throws(JSONError) -> String {
        let start = index + 1
        try skipPlainCharacters(from: start, openedAt: index)
        if bytes[index] == UInt8(ascii: "\"") {
            let end = index
            index += 1
            return try string(validating: bytes[start..<end], source: start..<end)
        }
        return try parseEscapedString(start)
    }

    /// Moves to the next quotation mark or backslash.
    private mutating func skipPlainCharacters(from start: Int, openedAt quote: Int) throws(JSONError) {
        index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            if byte < 0x20 { throw error(.controlCharacter(byte)) }
            index += 1
        }
        throw error(.unterminatedString, at: quote)
    }

    private mutating func parseEscapedString(_ start: Int) throws(JSONError) -> String {
        var content: [UInt8] = Array(bytes[start..<index])
        while bytes[index] == UInt8(ascii: "\\") {
            try parseEscape(into: &content, openedAt: start - 1)
            let plain = index
            try skipPlainCharacters(from: plain, openedAt: start - 1)
            content.append(contentsOf: bytes[plain..<index])
        }
        let end = index
        index += 1
        return try string(validating: content, source: start..<end)
    }

    private func string(
        validating content: some Sequence<UInt8>, source: Range<Int>
    ) throws(JSONError) -> String {
        if let string = String(validating: content, as: UTF8.self) { return string }
        // An escape stands for a whole code point, so the source breaks UTF-8 exactly where the content does.
        throw error(.invalidUTF8, at: firstInvalidOffset(in: source))
    }

    private func firstInvalidOffset(in range: Range<Int>) -> Int {
        var iterator = bytes[range].makeIterator()
        var decoder = UTF8()
        var offset = range.lowerBound
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            offset += UTF8.width(scalar)
        }
        return offset
    }

    private mutating func parseEscape(into content: inout [UInt8], openedAt quote: Int) throws(JSONError) {
        guard index + 1 < bytes.count else { throw error(.unterminatedString, at: quote) }
        let place = index
        index += 2
        switch bytes[place + 1] {
        case UInt8(ascii: "\""): content.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): content.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): content.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content.append(contentsOf: try parseUnicodeEscape(at: place).utf8)
        default: throw error(.invalidEscape, at: place)
        }
    }

    /// Reads what follows `\u`, and the second half of a surrogate pair.
    private mutating func parseUnicodeEscape(at place: Int) throws(JSONError) -> String {
        let unit = try parseHexadecimal(at: place)
        if let scalar = Unicode.Scalar(unit) { return String(Character(scalar)) }
        let second = index
        guard UTF16.isLeadSurrogate(UInt16(truncatingIfNeeded: unit)), second + 1 < bytes.count,
            bytes[second] == UInt8(ascii: "\\"), bytes[second + 1] == UInt8(ascii: "u")
        else { throw error(.loneSurrogate, at: place) }
        index += 2
        let trail = try parseHexadecimal(at: second)
        guard 0xDC00...0xDFFF ~= trail, let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00))
        else { throw error(.loneSurrogate, at: place) }
        return String(Character(scalar))
    }

    private mutating func parseHexadecimal(at place: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Self.hexadecimalDigit(bytes[index]) else {
                throw error(.invalidEscape, at: place)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
