/// Writes JSON values as text.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indentation: Int?
    private var level = 0

    /// Makes a writer; without an indentation it writes no white space.
    /// - Parameter bytes: what it appends to.
    init(indentation: Int?, appendingTo bytes: consuming [UInt8] = []) {
        self.indentation = indentation
        self.bytes = bytes
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.text.utf8)
        case .string(let string): write(string)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        bytes.append(UInt8(ascii: "["))
        level += 1
        for (index, element) in elements.enumerated() {
            beginEntry(isFirst: index == 0)
            write(element)
        }
        level -= 1
        if !elements.isEmpty { beginLine() }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        bytes.append(UInt8(ascii: "{"))
        level += 1
        var isFirst = true
        for (key, value) in object {
            beginEntry(isFirst: isFirst)
            isFirst = false
            write(key)
            bytes.append(UInt8(ascii: ":"))
            if indentation != nil { bytes.append(UInt8(ascii: " ")) }
            write(value)
        }
        level -= 1
        if !object.isEmpty { beginLine() }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func beginEntry(isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        beginLine()
    }

    private mutating func beginLine() {
        guard let indentation else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * level))
    }

    private mutating func write(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        let isPlain = string.utf8.withContiguousStorageIfAvailable { content in
            guard content.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
                return false
            }
            bytes.append(contentsOf: content)
            return true
        }
        if isPlain != true {
            for byte in string.utf8 { writeEscaping(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscaping(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0..<0x10: bytes.append(contentsOf: (#"\u000"# + String(byte, radix: 16)).utf8)
        case 0x10..<0x20: bytes.append(contentsOf: (#"\u00"# + String(byte, radix: 16)).utf8)
        default: bytes.append(byte)
        }
    }
}
