/// Textual encodings of DER (RFC 7468), read with tolerance for what surrounds them.
enum PEM {
    /// What stands between two boundaries.
    struct Block {
        let label: String
        /// The block as it was written, boundaries included.
        let text: String
        /// The decoded content; nil when it has headers (old encrypted keys) or is no base64.
        let der: [UInt8]?
        /// Whether an old header says that the content is encrypted.
        let isEncrypted: Bool
    }

    /// All blocks in their order; text outside of them is ignored, any white space inside of them too.
    static func blocks(in bytes: [UInt8]) -> [Block] {
        var blocks: [Block] = []
        var rest = bytes[...]
        while let begin = find("-----BEGIN ", in: rest),
            let labelEnd = find("-----", in: rest[begin.upperBound...])
        {
            let label = String(decoding: rest[begin.upperBound..<labelEnd.lowerBound], as: UTF8.self)
            guard let end = find("-----END \(label)-----", in: rest[labelEnd.upperBound...]) else {
                rest = rest[labelEnd.upperBound...]
                continue
            }
            let body = rest[labelEnd.upperBound..<end.lowerBound]
            let hasHeaders = body.contains(UInt8(ascii: ":"))
            blocks.append(
                Block(
                    label: label, text: String(decoding: rest[begin.lowerBound..<end.upperBound], as: UTF8.self),
                    der: hasHeaders ? nil : Base64.decode(body.filter { !isSpace($0) }),
                    isEncrypted: hasHeaders && find("ENCRYPTED", in: body) != nil))
            rest = rest[end.upperBound...]
        }
        return blocks
    }

    /// A block with lines of 64 characters.
    static func encode(_ der: [UInt8], label: String) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = Substring(Base64.encode(der))
        while !rest.isEmpty {
            text += rest.prefix(64) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func find(_ text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return nil }
        var start = bytes.startIndex
        while let index = bytes[start...].firstIndex(of: first), bytes.endIndex - index >= wanted.count {
            if bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
                return index..<(index + wanted.count)
            }
            start = index + 1
        }
        return nil
    }
}
