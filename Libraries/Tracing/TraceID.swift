/// Names a trace: sixteen bytes, not all zero (W3C Trace Context §3.2.2.3).
public struct TraceID: Sendable, Hashable {
    private let high: UInt64
    /// The half that sampling looks at: it is random in every trace.
    let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 lowercase hexadecimal digits.
    init?(_ digits: ArraySlice<UInt8>) {
        let middle = digits.startIndex + 16
        guard digits.count == 32, let high = HexDigits.number(digits[..<middle]),
            let low = HexDigits.number(digits[middle...]), high != 0 || low != 0
        else { return nil }
        self.init(high: high, low: low)
    }

    /// A new one.
    static func random() -> TraceID {
        TraceID(high: .random(in: .min ... .max), low: .random(in: 1 ... .max))
    }
}

extension TraceID: CustomStringConvertible {
    /// The 32 digits.
    public var description: String { HexDigits.text(high) + HexDigits.text(low) }
}
