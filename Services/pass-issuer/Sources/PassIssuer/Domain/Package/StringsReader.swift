import JSON

/// Takes a file of strings apart.
struct StringsReader {
    /// What was read so far.
    private(set) var translations = JSONObject()
    /// What was odd, as sentences.
    private(set) var repairs: [String] = []

    private let units: [UInt16]
    private var index = 0
    private static let rememberedRepairs = 50

    /// A reader of a text.
    init(_ text: String) {
        units = Array(text.utf16)
    }

    /// Reads the whole text.
    mutating func read() throws(StringsFault) {
        var members: [(key: String, value: JSONValue)] = []
        var places: [[UInt8]: Int] = [:]
        skipSpace()
        let isBraced = take("{")
        while true {
            skipSpace()
            if isBraced, take("}") { break }
            guard index < units.count else {
                if isBraced { throw fault("the closing brace is missing") }
                break
            }
            let place = index
            let key = try text(expecting: "a text in quotation marks")
            let value = try rest(ofPair: key)
            if let earlier = places[Array(key.utf8)] {
                repair("The text \(Self.shown(key)) is there twice; the last translation counts.", at: place)
                members[earlier].value = .string(value)
            } else {
                places[Array(key.utf8)] = members.count
                members.append((key, .string(value)))
            }
        }
        skipSpace()
        if index < units.count { throw fault("something follows the closing brace") }
        members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        translations = JSONObject(members)
    }

    /// What follows a text: its translation, or nothing, which means the text itself.
    private mutating func rest(ofPair key: String) throws(StringsFault) -> String {
        skipSpace()
        if take(";") { return key }
        guard take("=") else { throw fault("expected '=' or ';', found \(found)") }
        let value = try value()
        skipSpace()
        if !take(";") { repair("A semicolon is missing before this place.", at: index) }
        return value
    }

    private mutating func value() throws(StringsFault) -> String {
        skipSpace()
        for (opening, what) in [("{", "a dictionary"), ("(", "an array"), ("<", "data")] where peek(opening) {
            throw fault("\(what) stands where a translation belongs")
        }
        return try text(expecting: "a translation in quotation marks")
    }

    /// A text in quotation marks, or a word without.
    private mutating func text(expecting expected: String) throws(StringsFault) -> String {
        if take("\"") { return try quoted(until: 0x22) }
        if take("'") { return try quoted(until: 0x27) }
        let start = index
        while index < units.count, Self.isWord(units[index]) { index += 1 }
        guard index > start else { throw fault("expected \(expected), found \(found)") }
        return String(decoding: units[start..<index], as: UTF16.self)
    }

    private mutating func quoted(until quote: UInt16) throws(StringsFault) -> String {
        let start = index
        var content: [UInt16] = []
        while index < units.count, units[index] != quote {
            let unit = units[index]
            index += 1
            content.append(unit == 0x5C ? try escape() : unit)
        }
        guard index < units.count else {
            index = start
            throw fault("the text that begins here has no closing quotation mark")
        }
        index += 1
        if let text = String(validating: content, as: UTF16.self) { return text }
        repair("A text holds half of a surrogate pair, which became U+FFFD.", at: start)
        return String(decoding: content, as: UTF16.self)
    }

    /// What follows a backslash.
    private mutating func escape() throws(StringsFault) -> UInt16 {
        guard index < units.count else { throw fault("the text ends in a backslash") }
        let unit = units[index]
        index += 1
        guard let byte = UInt8(exactly: unit) else { return unit }
        switch Character(Unicode.Scalar(byte)) {
        case "a": return 0x07
        case "b": return 0x08
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "v": return 0x0B
        case "U": return hexadecimal()
        case "0"..."7": return octal(first: unit)
        case "u":
            repair("\\u is no escape here: phones show it as it stands; \\U with four digits is one.", at: index)
            return unit
        default: return unit
        }
    }

    /// Up to four hexadecimal digits.
    private mutating func hexadecimal() -> UInt16 {
        var number: UInt16 = 0
        var count = 0
        while count < 4, index < units.count, let digit = Self.digit(units[index]) {
            number = number << 4 | digit
            index += 1
            count += 1
        }
        if count < 4 { repair("\\U is followed by \(count) hexadecimal digits instead of four.", at: index) }
        return number
    }

    /// Up to three octal digits: a character of NeXTSTEP's own set.
    private mutating func octal(first: UInt16) -> UInt16 {
        var number = first - 0x30
        var count = 1
        while count < 3, index < units.count, 0x30...0x37 ~= units[index] {
            number = number << 3 | (units[index] - 0x30)
            index += 1
            count += 1
        }
        return NextStepCharacters.unicode(UInt8(truncatingIfNeeded: number))
    }
}

extension StringsReader {
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < units.count, UInt32(units[index]) == character.value else { return false }
        index += 1
        return true
    }

    private func peek(_ character: String) -> Bool {
        index < units.count && units[index] == character.utf16.first
    }

    /// Moves over white space and comments; a comment without an end reaches to the end of the text.
    private mutating func skipSpace() {
        while index < units.count {
            switch units[index] {
            case 0x09...0x0D, 0x20, 0xA0, 0x2028, 0x2029, 0xFEFF: index += 1
            case 0x2F where index + 1 < units.count && units[index + 1] == 0x2F:
                while index < units.count, ![0x0A, 0x0D, 0x2028, 0x2029].contains(units[index]) { index += 1 }
            case 0x2F where index + 1 < units.count && units[index + 1] == 0x2A:
                var end = index + 2
                while end + 1 < units.count, units[end] != 0x2A || units[end + 1] != 0x2F { end += 1 }
                index = min(end + 2, units.count)
            default: return
            }
        }
    }

    private mutating func repair(_ what: String, at place: Int) {
        if repairs.count < Self.rememberedRepairs { repairs.append("Line \(line(of: place)): \(what)") }
    }

    private func fault(_ reason: String) -> StringsFault {
        StringsFault(line: line(of: index), reason: reason)
    }

    private func line(of place: Int) -> Int {
        units[..<min(place, units.count)].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    }

    private var found: String {
        guard index < units.count else { return "the end of the file" }
        let unit = units[index]
        return 0x21...0x7E ~= unit ? "'\(String(decoding: [unit], as: UTF16.self))'" : "something else"
    }

    /// What a word without quotation marks consists of.
    private static func isWord(_ unit: UInt16) -> Bool {
        guard let byte = UInt8(exactly: unit) else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return letters ~= byte | 0x20 || "0123456789_$/:.-".utf8.contains(byte)
    }

    private static func digit(_ unit: UInt16) -> UInt16? {
        switch unit {
        case 0x30...0x39: unit - 0x30
        case 0x41...0x46: unit - 0x41 + 10
        case 0x61...0x66: unit - 0x61 + 10
        default: nil
        }
    }

    /// Whoever wrote the file chose the text, and its length.
    private static func shown(_ text: String) -> String {
        "\"" + (text.count > 60 ? text.prefix(60) + "…" : text[...]) + "\""
    }
}
