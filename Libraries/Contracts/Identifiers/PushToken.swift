/// Where pushes for a device go: a device token of APNs in lower-case hexadecimal digits.
public struct PushToken: Identifier {
    /// The token's digits, in lower case.
    public let rawValue: String

    /// Takes digits of either case; nil when they are not whole bytes in hexadecimal.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 2...200, Alphabet.isHexadecimal), rawValue.utf8.count.isMultiple(of: 2) else {
            return nil
        }
        self.rawValue = rawValue.lowercased()
    }

    /// What such a token is and consists of.
    public static let rule = "a push token: 1 to 100 bytes in hexadecimal digits"

    /// The first eight digits, which tell tokens apart for people without giving them away.
    public var abbreviated: String { String(rawValue.prefix(8)) }
}
