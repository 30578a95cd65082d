extension JSONParser {
    /// An error at the reader's place.
    func error(_ reason: JSONError.Reason) -> JSONError {
        error(reason, at: index)
    }

    /// An error at a place.
    func error(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
        var line = 1
        var column = 1
        for byte in bytes[..<min(offset, bytes.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                // Continuation bytes belong to the character before them.
                column += 1
            }
        }
        return JSONError(reason: reason, offset: offset, line: line, column: column)
    }

    /// An error that names what was expected and what is there instead.
    func unexpected(_ expected: String) -> JSONError {
        isComment ? error(.comment) : error(.unexpected(expected: expected, found: found))
    }

    /// Whether a comment of JavaScript begins here.
    var isComment: Bool {
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "/") else { return false }
        return bytes[index + 1] == UInt8(ascii: "/") || bytes[index + 1] == UInt8(ascii: "*")
    }

    /// What stands at the reader's place, in words.
    var found: String {
        guard index < bytes.count else { return "the end of the text" }
        let byte = bytes[index]
        switch byte {
        case 0x21...0x7E: return "'\(Character(Unicode.Scalar(byte)))'"
        case 0x80...:
            var iterator = bytes[index...].makeIterator()
            var decoder = UTF8()
            if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                return "U+" + String(scalar.value, radix: 16, uppercase: true)
            }
            return "bytes that are not UTF-8"
        default: return "a control character"
        }
    }
}
