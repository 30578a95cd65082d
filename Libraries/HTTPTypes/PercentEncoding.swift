/// Percent-encoding of URI components (RFC 3986 §2.1).
public enum PercentEncoding {
    /// Decodes one path segment; nil for a bad escape, invalid UTF-8 or a NUL.
    public static func decodeSegment(_ text: some StringProtocol) -> String? {
        var text = String(text)
        return text.withUTF8 { decodeSegment($0) }
    }

    /// Splits a raw path at its literal slashes, then decodes each segment; nil when one cannot be decoded.
    ///
    /// `/a/b%2Fc` gives `["a", "b/c"]`, `/` gives `[""]`. A path without its leading slash is nil too.
    public static func segments(ofPath path: String) -> [String]? {
        var path = path
        // Bytes at one place: each request comes by here, and a link is half a thousand of them.
        return path.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "/") else { return nil }
            var segments: [String] = []
            var start = 1
            while true {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
                guard let segment = decodeSegment(UnsafeBufferPointer(rebasing: bytes[start..<end])) else { return nil }
                segments.append(segment)
                guard end < bytes.endIndex else { return segments }
                start = end + 1
            }
        }
    }

    private static func decodeSegment(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "%")) else {
            return isDecodable(bytes) ? String(decoding: bytes, as: UTF8.self) : nil
        }
        guard let decoded = decode(Array(bytes)), isDecodable(decoded) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    /// Encodes text as one path segment; everything but unreserved characters is escaped.
    ///
    /// `.` and `..` are escaped too, so that no client takes them for steps in the path.
    public static func encodeSegment(_ text: String) -> String {
        if text == "." { return "%2E" }
        if text == ".." { return "%2E%2E" }
        return encode(text)
    }

    /// Encodes text for one name or value of a query; everything but unreserved characters is escaped.
    public static func encodeQuery(_ text: String) -> String {
        encode(text)
    }

    /// Decodes a name or value of a query as browsers do: `+` is a space, a bad escape stays as it is.
    static func decodeQuery(_ text: Substring.UTF8View) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            let next = text.index(after: index)
            if byte == UInt8(ascii: "%"), let value = escape(text[next...].prefix(2)) {
                decoded.append(value)
                index = text.index(next, offsetBy: 2)
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index = next
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func decode(_ bytes: [UInt8]) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%") {
                guard let value = escape(bytes[(index + 1)...].prefix(2)) else { return nil }
                decoded.append(value)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    private static func escape(_ digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        var value: UInt8 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value << 4 | (digit - 0x30)
            case 0x41...0x46: value = value << 4 | (digit - 0x37)
            case 0x61...0x66: value = value << 4 | (digit - 0x57)
            default: return nil
            }
        }
        return value
    }

    private static func isDecodable(_ bytes: some Sequence<UInt8>) -> Bool {
        // A NUL would end the text early in any C library or database that it reaches.
        !bytes.contains(0)
    }

    private static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.append(byte)
            default:
                encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
