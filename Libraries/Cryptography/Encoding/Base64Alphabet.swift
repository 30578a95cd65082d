/// The arithmetic that both base 64 alphabets share.
struct Base64Alphabet: Sendable {
    private let characters: [UInt8]
    private let values: [UInt8]
    private static let invalid: UInt8 = 0xFF

    /// - Parameter lastTwo: the characters of the values 62 and 63.
    init(_ lastTwo: String) {
        let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(lastTwo)".utf8)
        var values = [UInt8](repeating: Self.invalid, count: 256)
        for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
        self.characters = characters
        self.values = values
    }

    /// How many characters bytes take without padding.
    func encodedLength(_ count: Int) -> Int {
        (count * 4 + 2) / 3
    }

    /// Writes the characters without padding, and answers how many.
    func encode(_ bytes: [UInt8], into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        characters.withUnsafeBufferPointer { characters in
            bytes.withUnsafeBufferPointer { bytes in
                var read = 0
                var written = 0
                while read + 3 <= bytes.count {
                    let group = UInt32(bytes[read]) << 16 | UInt32(bytes[read + 1]) << 8 | UInt32(bytes[read + 2])
                    output[written] = characters[Int(group >> 18)]
                    output[written + 1] = characters[Int(group >> 12 & 63)]
                    output[written + 2] = characters[Int(group >> 6 & 63)]
                    output[written + 3] = characters[Int(group & 63)]
                    read += 3
                    written += 4
                }
                guard read < bytes.count else { return written }
                let first = UInt32(bytes[read]) << 16
                let group = read + 1 < bytes.count ? first | UInt32(bytes[read + 1]) << 8 : first
                output[written] = characters[Int(group >> 18)]
                output[written + 1] = characters[Int(group >> 12 & 63)]
                guard read + 1 < bytes.count else { return written + 2 }
                output[written + 2] = characters[Int(group >> 6 & 63)]
                return written + 3
            }
        }
    }

    /// The bytes of unpadded characters; nil when one is foreign, or the text is not the one that encoding gives.
    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        let length = text.count * 3 / 4
        var isValid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { output, written in
            var group: UInt32 = 0
            var bits = 0
            for character in text {
                let value = values[Int(character)]
                guard value != Self.invalid else {
                    isValid = false
                    return
                }
                group = group << 6 | UInt32(value)
                bits += 6
                if bits >= 8 {
                    bits -= 8
                    output[written] = UInt8(truncatingIfNeeded: group >> UInt32(bits))
                    written += 1
                }
            }
            // A second spelling of the same bytes would let a signed token be changed without breaking it.
            if group & ((1 << UInt32(bits)) - 1) != 0 { isValid = false }
        }
        return isValid ? bytes : nil
    }
}
