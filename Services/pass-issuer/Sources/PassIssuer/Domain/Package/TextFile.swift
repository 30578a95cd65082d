/// The text of a file that says nothing of its encoding, or says it by a byte-order mark.
struct TextFile: Hashable, Sendable {
    /// How characters were written.
    enum Encoding: String, Sendable {
        case utf8 = "UTF-8"
        case utf16LittleEndian = "UTF-16 (little-endian)"
        case utf16BigEndian = "UTF-16 (big-endian)"
        /// What is left when a file is neither: every byte is a character then.
        case latin1 = "ISO 8859-1"
    }

    /// The text, without its byte-order mark.
    let text: String
    /// What it was taken for.
    let encoding: Encoding
    /// Whether it began with a byte-order mark.
    let hasMark: Bool
    /// Whether every character could be read; others became U+FFFD.
    let isWhole: Bool

    /// Reads a file, whatever it is.
    init(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self.init(utf8: bytes.dropFirst(3), hasMark: true)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self.init(utf16: bytes.dropFirst(2), .utf16LittleEndian, hasMark: true)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self.init(utf16: bytes.dropFirst(2), .utf16BigEndian, hasMark: true)
        } else if let encoding = Self.unmarkedUTF16(bytes) {
            self.init(utf16: bytes[...], encoding, hasMark: false)
        } else {
            self.init(utf8: bytes[...], hasMark: false)
        }
    }

    private init(utf8 bytes: ArraySlice<UInt8>, hasMark: Bool) {
        self.hasMark = hasMark
        isWhole = true
        if let text = String(validating: bytes, as: UTF8.self) {
            self.text = text
            encoding = .utf8
        } else {
            text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
            encoding = .latin1
        }
    }

    private init(utf16 bytes: ArraySlice<UInt8>, _ encoding: Encoding, hasMark: Bool) {
        let isBigEndian = encoding == .utf16BigEndian
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        self.hasMark = hasMark
        self.encoding = encoding
        let valid = String(validating: units, as: UTF16.self)
        isWhole = valid != nil && bytes.count.isMultiple(of: 2)
        text = valid ?? String(decoding: units, as: UTF16.self)
    }

    /// No text of ours holds U+0000, but in UTF-16 every other byte of its quotation marks, signs and spaces is zero.
    private static func unmarkedUTF16(_ bytes: [UInt8]) -> Encoding? {
        var zeros = (even: 0, odd: 0)
        for (index, byte) in bytes.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        guard zeros != (0, 0) else { return nil }
        return zeros.even > zeros.odd ? .utf16BigEndian : .utf16LittleEndian
    }
}
