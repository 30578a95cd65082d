import JSON

/// A flight's number and airline, from semantic tags or from a field such as `LX 123`.
struct FlightNumberChoice: Sendable {
    private let airline: Found?
    private let number: Found?
    /// Whether both are there, as far as they can be known.
    let isComplete: Bool

    init(_ content: PassContent, _ filling: inout SlotFilling) {
        let airline = filling.fill(Slot("airlineCode", subjects: "airlinecode carriercode")) { found in
            content.isVaryingOr(found) { FlightNumber.isCarrier(content.plainText($0)) }
        }
        // A number alone is enough only beside an airline.
        number = filling.fill(airline == nil ? Self.codeSlot : Self.numberSlot) { found in
            content.isVaryingOr(found) { found in
                let parsed = FlightNumber(content.plainText(found))
                return parsed.map { $0.carrier != nil || airline != nil } ?? false
            }
        }
        self.airline = airline
        isComplete = number != nil
    }

    func write(_ draft: inout ResourceDraft, _ content: PassContent) {
        guard let number else { return }
        let text = content.plainText(number)
        if content.isRaw(number.source) {
            draft.set(.string(text), at: "flightHeader", "flightNumber", from: number.source)
            return writeCarrier(content.plainText(airline ?? number), number, &draft, content)
        }
        let parsed = FlightNumber(text)
        draft.set(
            .string(parsed?.digits ?? text), at: "flightHeader", "flightNumber", from: number.source)
        if let shown = parsed?.shown { draft.set(.string(shown), at: "flightHeader", "flightNumberDisplayOverride") }
        let code = airline.map { content.plainText($0).trimmingSpaces.uppercased() } ?? parsed?.carrier
        guard let code else { return draft.note(["flightHeader", "carrier"], from: number.source) }
        writeCarrier(code, number, &draft, content)
    }

    private func writeCarrier(_ code: String, _ number: Found, _ draft: inout ResourceDraft, _ content: PassContent) {
        let key = code.utf8.count == 3 ? "carrierIcaoCode" : "carrierIataCode"
        draft.set(.string(code), at: "flightHeader", "carrier", key, from: (airline ?? number).source)
    }

    private static let subjects = "flight flightnumber flightno flightcode flightnr"
    private static let numberSlot = Slot("flightNumber flightCode", subjects: subjects)
    private static let codeSlot = Slot("flightCode", subjects: subjects)
}

/// A flight's number as people write it.
struct FlightNumber: Hashable, Sendable {
    /// The airline's code at IATA or ICAO, when it stands before the number.
    let carrier: String?
    /// The number.
    let digits: String
    /// What is shown in place of code and number; only for one with a letter behind it.
    let shown: String?

    /// Reads `LX 123`, `EZY8431`, `123` or `BA123A`; nil for anything else.
    init?(_ text: String) {
        let compact = text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        let bytes = Array(compact.utf8)
        guard bytes.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) }) else { return nil }
        var rest = bytes[...]
        var suffix = ""
        if let last = rest.last, Self.isLetter(last), rest.count > 1 {
            suffix = String(decoding: [last], as: UTF8.self)
            rest = rest.dropLast()
        }
        let count = rest.reversed().prefix(while: Self.isDigit).count
        // A code may end with a digit: of `U28431` the last four at most are the number.
        let size = rest.count == count ? count : min(count, 4)
        guard 1...4 ~= size else { return nil }
        let head = String(decoding: rest.dropLast(size), as: UTF8.self)
        guard head.isEmpty || Self.isCarrier(head) else { return nil }
        carrier = head.isEmpty ? nil : head
        digits = String(decoding: rest.suffix(size), as: UTF8.self)
        shown = suffix.isEmpty ? nil : head + digits + suffix
    }

    /// Whether a text is an airline's code: two letters or digits with a letter among them, or three letters.
    static func isCarrier(_ text: String) -> Bool {
        let bytes = Array(text.trimmingSpaces.uppercased().utf8)
        guard bytes.allSatisfy({ isLetter($0) || isDigit($0) }) else { return false }
        return bytes.count == 2 ? bytes.contains(where: isLetter) : bytes.count == 3 && bytes.allSatisfy(isLetter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
