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
        }
    }

    private static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let hexadecimal = "0123456789abcdefABCDEF".utf8
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { hexadecimal.contains($0) } }
    }
}
