/// Names a step of a trace: eight bytes, not all zero (W3C Trace Context §3.2.2.4).
public struct SpanID: Sendable, Hashable {
    private let number: UInt64

    private init(number: UInt64) {
        self.number = number
    }

    /// Reads 16 lowercase hexadecimal digits.
    init?(_ digits: ArraySlice<UInt8>) {
        guard digits.count == 16, let number = HexDigits.number(digits), number != 0 else { return nil }
        self.init(number: number)
    }

    /// A new one.
    static func random() -> SpanID {
        SpanID(number: .random(in: 1 ... .max))
    }
}

extension SpanID: CustomStringConvertible {
    /// The 16 digits.
    public var description: String { HexDigits.text(number) }
}
