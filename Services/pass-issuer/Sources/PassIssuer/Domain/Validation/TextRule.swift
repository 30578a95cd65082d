/// What a text must be beyond being text.
enum TextRule: Sendable {
    case any
    case notEmpty
    case date
    case colour
    case webURL
    case url
    case mail
    case uuid
    case currency
    case encryptionKey
    case httpsURL
    case sha256
    case timeZone
    case airport
    case airline
    case amount

    /// What belongs there, for people.
    var expected: String {
        switch self {
        case .any: "text"
        case .notEmpty: "text that is not empty"
        case .date: "a date with time and zone, such as 2027-06-30T18:30:00+02:00 (no fractions, a colon in the zone)"
        case .colour: "a colour: rgb(0…255, 0…255, 0…255), #RGB or #RRGGBB"
        case .webURL: "a web address that begins with https:// or http://"
        case .url: "an address with a scheme, such as https://example.com or myapp://card"
        case .mail: "a mail address"
        case .uuid: "a UUID of 32 hexadecimal digits in groups of 8-4-4-4-12"
        case .currency: "a currency code of ISO 4217 in capitals, such as EUR"
        case .encryptionKey: "the base64 text of an X.509 SubjectPublicKeyInfo with a P-256 key, on one line"
        case .httpsURL: "a web address that begins with https://"
        case .sha256: "a SHA-256 of 64 hexadecimal digits"
        case .timeZone: "a time zone of the IANA database, such as Europe/Berlin"
        case .airport: "an airport's IATA code of three capitals, such as LHR"
        case .airline: "an airline's IATA code of two letters or digits, such as LH"
        case .amount: "an amount as decimal digits, such as 12.50"
        }
    }

    /// Whether a text obeys the rule.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .any: true
        case .notEmpty:
            // Nearly every text begins with a printable ASCII character; Unicode's tables are for the others.
            text.utf8.first.map { 0x21...0x7E ~= $0 } ?? false
                || text.unicodeScalars.contains { !$0.properties.isWhitespace }
        case .date: PassDate(text) != nil
        case .colour: PassColour.isValid(text)
        case .webURL: WebAddress.isWebURL(text)
        case .url: WebAddress.isURL(text)
        case .mail: WebAddress.isMail(text)
        case .uuid: Self.isUUID(text)
        case .currency: CurrencyCode.isValid(text)
        case .encryptionKey: EncryptionKey.isValid(text)
        case .httpsURL: WebAddress.isWebURL(text) && text.lowercased().hasPrefix("https://")
        case .sha256: text.utf8.count == 64 && text.utf8.allSatisfy(Self.isHexadecimal)
        case .timeZone: Self.isTimeZone(text)
        case .airport: text.utf8.count == 3 && text.utf8.allSatisfy { Self.isCapital($0) }
        case .airline: text.utf8.count == 2 && text.utf8.allSatisfy { Self.isCapital($0) || Self.isDigit($0) }
        case .amount: Self.isAmount(text)
        }
    }

    private static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(isHexadecimal) }
    }

    /// Zones come and go; their shape does not: `Europe/Berlin`, `America/Argentina/Ushuaia`, `Etc/GMT+5`, `UTC`.
    private static func isTimeZone(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            part.first.map(isLetter) ?? false
                && part.allSatisfy { isLetter($0) || isDigit($0) || "_+-".utf8.contains($0) }
        }
        return isName && (parts.count > 1 || ["UTC", "GMT", "Z"].contains(text))
    }

    private static func isAmount(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return 1...2 ~= parts.count && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isCapital(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

    private static func isLetter(_ byte: UInt8) -> Bool { isCapital(byte & 0xDF) }
}
