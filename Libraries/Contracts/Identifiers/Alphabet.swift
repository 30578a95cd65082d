/// The sets of bytes that identifiers consist of.
enum Alphabet {
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    static func isLowerCaseLetter(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26
    }

    /// Letters and digits of ASCII.
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLowerCaseLetter(byte | 0x20)
    }

    /// Digits of hexadecimal numbers in either case.
    static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }

    /// `[a-z0-9-]`.
    static func isName(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLowerCaseLetter(byte) || byte == UInt8(ascii: "-")
    }

    /// `[A-Za-z0-9_-]`.
    static func isToken(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// `[A-Za-z0-9._-]`.
    static func isDottedToken(_ byte: UInt8) -> Bool {
        isToken(byte) || byte == UInt8(ascii: ".")
    }

    /// `[A-Za-z0-9+/=_.:-]`: Base64 of both kinds, hexadecimal, UUIDs and compact JWTs.
    static func isPersonalizationToken(_ byte: UInt8) -> Bool {
        isDottedToken(byte)
            || [UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":")].contains(byte)
    }

    /// ASCII without control characters.
    static func isPrintable(_ byte: UInt8) -> Bool {
        0x20...0x7E ~= byte
    }

    /// Any text without control characters of ASCII.
    static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F
    }
}
