/// Random texts for names that nobody chose.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Random bytes in lower-case digits.
    static func random(bytes count: Int) -> String {
        String(decoding: (0..<2 * count).map { _ in digits[Int.random(in: 0..<16)] }, as: UTF8.self)
    }

    /// A random UUID in upper-case digits, as APNs makes them.
    static func uuid() -> String {
        let text = Array(random(bytes: 16).uppercased().utf8)
        let groups = [text[0..<8], text[8..<12], text[12..<16], text[16..<20], text[20..<32]]
        return groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }
}
