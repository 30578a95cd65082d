/// A device token in lower-case hexadecimal digits.
struct DeviceToken: Hashable, Sendable {
    let digits: String

    /// Takes digits of either case; nil when they are not 32 bytes, or the 80 that newer systems give out.
    init?(_ text: some StringProtocol) {
        let count = text.utf8.count
        guard count == 64 || count == 160, text.utf8.allSatisfy(Self.isHex) else { return nil }
        digits = text.utf8.contains { (0x41...0x46).contains($0) } ? text.lowercased() : String(text)
    }

    /// A new one.
    static func random() -> DeviceToken {
        DeviceToken(unchecked: Hexadecimal.random(bytes: 32))
    }

    private init(unchecked digits: String) {
        self.digits = digits
    }

    static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
