extension SchemaFormat {
    /// Why a text breaks the rule; nil when it does not.
    func fault(in text: String) -> String? {
        isKept(by: text) ? nil : "'\(text.prefix(60))' is not \(expectation)"
    }

    /// Why a number breaks the rule; nil when it does not.
    func fault(in number: Double) -> String? {
        switch self {
        case .latitude: abs(number) <= 90 ? nil : "\(number) is not a latitude from -90 to 90"
        case .longitude: abs(number) <= 180 ? nil : "\(number) is not a longitude from -180 to 180"
        default: nil
        }
    }

    private var expectation: String {
        switch self {
        case .ascii: "made of characters of ASCII"
        case .code2: "a code of two capitals or digits"
        case .code3: "a code of three capitals or digits"
        case .colour: "a colour, #rgb or #rrggbb"
        case .dateTime: "a date with a time, 2027-03-05T06:30:00+01:00"
        case .digits: "made of digits alone"
        case .fieldPath: "a path to a field, object.accountName or object.textModulesData['id']"
        case .httpsUrl: "an address that begins with https://"
        case .language: "a language tag of BCP 47, de or pt-BR"
        case .latitude, .longitude: "a number of degrees"
        case .localDateTime: "a date with a time and no offset, 2027-03-05T06:30:00"
        case .moduleId: "made of letters, digits, _ and -"
        case .offsetDateTime: "a date with a time and an offset, 2027-03-05T06:30:00+01:00"
        case .resourceId: "an id, the issuer's id, a dot, and letters, digits, ., _ and -"
        case .sha256: "a SHA-256 of 64 hexadecimal digits"
        case .uri: "an address with a scheme"
        }
    }

    private func isKept(by text: String) -> Bool {
        switch self {
        case .ascii: text.utf8.allSatisfy { $0 < 0x80 }
        case .code2: text.utf8.count == 2 && text.utf8.allSatisfy(ASCII.isCapitalOrDigit)
        case .code3: text.utf8.count == 3 && text.utf8.allSatisfy(ASCII.isCapitalOrDigit)
        case .colour: Self.isColour(text)
        case .dateTime: GoogleDateTime(text) != nil
        case .digits: text.utf8.allSatisfy(ASCII.isDigit)
        case .fieldPath: GoogleFieldPath(text) != nil
        case .httpsUrl: Self.isURL(text) && (Self.isHTTPS(text) || Self.isOnThisMachine(text))
        case .language: Self.isLanguage(text)
        case .latitude, .longitude: false
        case .localDateTime: GoogleDateTime(text).map { $0.offsetSeconds == nil } ?? false
        case .moduleId: text.utf8.allSatisfy(ASCII.isToken)
        case .offsetDateTime: GoogleDateTime(text)?.offsetSeconds != nil
        case .resourceId: Self.isResourceID(text)
        case .sha256: text.utf8.count == 64 && text.utf8.allSatisfy(ASCII.isHexadecimal)
        case .uri: Self.isURL(text)
        }
    }

    private static func isHTTPS(_ text: String) -> Bool {
        text.lowercased().hasPrefix("https://") && text.utf8.count > 8
    }

    /// No address of this machine reaches Google; the simulated Google Wallet calls back without TLS.
    private static func isOnThisMachine(_ text: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { host in
            text.hasPrefix(host + ":") || text.hasPrefix(host + "/")
        }
    }

    private static func isColour(_ text: String) -> Bool {
        let bytes = text.utf8
        return (bytes.count == 4 || bytes.count == 7) && bytes.first == UInt8(ascii: "#")
            && bytes.dropFirst().allSatisfy(ASCII.isHexadecimal)
    }

    /// RFC 3986 §3.1: a scheme, a colon, and something without white space behind it.
    private static func isURL(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, ASCII.isLetter(first),
            bytes.index(after: colon) < bytes.endIndex
        else { return false }
        return bytes[..<colon].allSatisfy { ASCII.isLetterOrDigit($0) || "+-.".utf8.contains($0) }
            && !bytes.contains { $0 <= 0x20 || $0 == 0x7F }
    }

    /// Two or three letters (or five to eight), then subtags of one to eight letters and digits (RFC 5646 §2.1).
    private static func isLanguage(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let primary = parts.first, 2...8 ~= primary.count, primary.allSatisfy(ASCII.isLetter) else {
            return false
        }
        return parts.dropFirst().allSatisfy { 1...8 ~= $0.count && $0.allSatisfy(ASCII.isLetterOrDigit) }
    }

    private static func isResourceID(_ text: String) -> Bool {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        let issuer = text.utf8[..<dot]
        let suffix = text.utf8[text.utf8.index(after: dot)...]
        return !issuer.isEmpty && issuer.allSatisfy(ASCII.isDigit) && !suffix.isEmpty
            && suffix.allSatisfy { ASCII.isToken($0) || $0 == UInt8(ascii: ".") }
    }
}
