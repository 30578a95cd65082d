/// A reader of RFC 8259 texts, strict unless it is told to tolerate what people write by hand.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var index = 0
    /// What was read although JSON does not allow it; nil in a strict reader, which throws it.
    var tolerated: [JSONError]?

    /// Makes a reader of bytes that must outlive it.
    init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    /// Reads the one value that the text holds.
    mutating func parseDocument() throws(JSONError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            try tolerate(.byteOrderMark, at: 0)
            index = 3
        }
        skipWhiteSpace()
        if index == bytes.count { throw error(.empty) }
        let value = try parseValue(depth: 0)
        skipWhiteSpace()
        if index < bytes.count {
            if isComment { throw error(.comment) }
            throw error(.trailingContent(found: found))
        }
        return value
    }

    mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        guard index < bytes.count else { throw unexpected("a value") }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth + 1))
        case UInt8(ascii: "t"): return try parseLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "+"): throw error(.malformedNumber("a number does not begin with a plus sign"))
        case UInt8(ascii: "."): throw error(.malformedNumber("a number needs a digit before its decimal point"))
        case UInt8(ascii: "'"): throw error(.foreignQuote)
        default: throw unexpected("a value")
        }
    }

    private mutating func parseLiteral(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let length = text.utf8CodeUnitCount
        for position in 0..<length {
            guard index + position < bytes.count, bytes[index + position] == text.utf8Start[position] else {
                throw unexpected("a value")
            }
        }
        index += length
        return value
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> [JSONValue] {
        try enter(depth)
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if skip(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try parseValue(depth: depth))
            skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { return elements }
            try skipComma(before: UInt8(ascii: "]"), expecting: "',' or ']'")
            // Behind a comma that was tolerated.
            if skip(UInt8(ascii: "]")) { return elements }
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONObject {
        if tolerated != nil { return try parseObjectTolerantly(depth: depth) }
        let start = index
        try enter(depth)
        var members: [JSONObject.Member] = []
        var areSorted = true
        skipWhiteSpace()
        if skip(UInt8(ascii: "}")) { return JSONObject() }
        while true {
            let key = try parseKey()
            if areSorted, let last = members.last { areSorted = UTF8Order.compare(last.key, key) < 0 }
            members.append(JSONObject.Member(key: key, value: try parseValue(depth: depth)))
            skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { break }
            try skipComma(before: UInt8(ascii: "}"), expecting: "',' or '}'")
        }
        guard let object = JSONObject(parsed: members, areSorted: areSorted) else {
            throw duplicateKey(inObjectAt: start, depth: depth)
        }
        return object
    }

    /// Reads a key and its colon, up to the value.
    mutating func parseKey() throws(JSONError) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            if index < bytes.count, bytes[index] == UInt8(ascii: "'") { throw error(.foreignQuote) }
            throw unexpected("a key in double quotation marks")
        }
        let key = try parseString()
        skipWhiteSpace()
        guard skip(UInt8(ascii: ":")) else { throw unexpected("':' after the key") }
        skipWhiteSpace()
        return key
    }

    mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else { throw error(.tooDeep(limit: maximumDepth)) }
        index += 1
    }

    mutating func skipComma(before end: UInt8, expecting: String) throws(JSONError) {
        let comma = index
        guard skip(UInt8(ascii: ",")) else { throw unexpected(expecting) }
        skipWhiteSpace()
        if index < bytes.count, bytes[index] == end { try tolerate(.trailingComma, at: comma) }
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func skipWhiteSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default:
                guard tolerated != nil, skipComment() else { return }
            }
        }
    }

    /// Goes through an object, which is known to be well-formed, once more to find where its first repeated key stands.
    private mutating func duplicateKey(inObjectAt start: Int, depth: Int) -> JSONError {
        var seen: Set<[UInt8]> = []
        index = start + 1
        do throws(JSONError) {
            while true {
                skipWhiteSpace()
                let place = index
                let key = try parseKey()
                guard seen.insert(Array(key.utf8)).inserted else {
                    index = place
                    return error(.duplicateKey(key))
                }
                _ = try parseValue(depth: depth)
                skipWhiteSpace()
                try skipComma(before: UInt8(ascii: "}"), expecting: "',' or '}'")
            }
        } catch {
            return error
        }
    }
}
