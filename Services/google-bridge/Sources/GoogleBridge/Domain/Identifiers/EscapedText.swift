/// Texts written in an alphabet that lacks some of their characters, so that two texts never become one.
///
/// A byte outside the alphabet is `_` and two capital hexadecimal digits; `_` itself is only written so where two such
/// digits follow it. The empty text is `_`, and `_` alone is `_5F`.
enum EscapedText {
    /// The text in letters, digits, `_`, `-` and what else the alphabet has.
    static func escaped(_ text: String, also extra: Unicode.Scalar? = nil) -> String {
        let source = Array(text.utf8)
        if source.isEmpty { return "_" }
        if source == [underscore] { return "_5F" }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        for (index, byte) in source.enumerated() {
            let isKept =
                switch byte {
                case underscore: !isFollowedByDigits(source, index)
                case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || extra.map { UInt8(ascii: $0) } == byte
                }
            if isKept {
                bytes.append(byte)
            } else {
                bytes += [underscore, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let underscore = UInt8(ascii: "_")
    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isFollowedByDigits(_ bytes: [UInt8], _ index: Int) -> Bool {
        index + 2 < bytes.count && digits.contains(bytes[index + 1]) && digits.contains(bytes[index + 2])
    }
}
