/// The character sets that a barcode's message may be converted to, by their IANA names.
enum MessageEncoding: Sendable {
    case ascii
    case latin1
    case latin9
    case windows1252
    case unicode

    /// The character set of an IANA name or alias, in any case; nil for one that isn't checked.
    init?(name: String) {
        switch name.lowercased() {
        case "us-ascii", "ascii", "iso646-us", "ansi_x3.4-1968": self = .ascii
        case "iso-8859-1", "iso_8859-1", "iso8859-1", "latin1", "l1": self = .latin1
        case "iso-8859-15", "iso_8859-15", "latin-9": self = .latin9
        case "windows-1252", "cp1252": self = .windows1252
        case "utf-8", "utf8", "utf-16", "utf-16be", "utf-16le", "utf-32", "utf-32be", "utf-32le": self = .unicode
        default: return nil
        }
    }

    /// The first character of a text that the set does not have.
    func firstUnencodable(in text: String) -> Unicode.Scalar? {
        switch self {
        case .unicode: nil
        case .ascii: text.unicodeScalars.first { $0.value > 0x7F }
        case .latin1: text.unicodeScalars.first { $0.value > 0xFF }
        case .latin9: text.unicodeScalars.first { !Self.isLatin9($0.value) }
        case .windows1252: text.unicodeScalars.first { !Self.isWindows1252($0.value) }
        }
    }

    /// ISO 8859-15 replaces eight characters of ISO 8859-1.
    private static func isLatin9(_ value: UInt32) -> Bool {
        switch value {
        case 0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE: false
        case 0x20AC, 0x160, 0x161, 0x17D, 0x17E, 0x152, 0x153, 0x178: true
        default: value <= 0xFF
        }
    }

    /// Windows-1252 has characters where ISO 8859-1 has the C1 controls.
    private static func isWindows1252(_ value: UInt32) -> Bool {
        switch value {
        case 0x20AC, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x17D, 0x2018,
            0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x17E, 0x178:
            true
        default: value <= 0x7F || 0xA0...0xFF ~= value
        }
    }
}
