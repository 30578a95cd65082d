import JSON

/// A decimal number, exact: digits and the power of ten that they are multiplied by.
struct ExactDecimal: Hashable, Sendable {
    /// Whether it is below zero.
    let isNegative: Bool
    /// Its digits without zeros at either end; empty for zero.
    let digits: [UInt8]
    /// The power of ten that the digits, read as a whole number, are multiplied by.
    let exponent: Int

    /// Takes a JSON number; nil when its exponent is beyond any use.
    init?(_ number: JSONNumber) {
        self.init(number.text)
    }

    /// Reads `-12.50` or `1e3`; nil for anything else.
    init?(_ text: String) {
        guard let number = JSONNumber(text: text) else { return nil }
        var bytes = Array(number.text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }
        var exponent = 0
        if let mark = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            guard let power = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)), abs(power) < 1000 else {
                return nil
            }
            exponent = power
            bytes = bytes[..<mark]
        }
        if let point = bytes.firstIndex(of: UInt8(ascii: ".")) {
            exponent -= bytes.endIndex - point - 1
            bytes.remove(at: point)
        }
        self.init(isNegative: isNegative, digits: bytes.map { $0 - UInt8(ascii: "0") }, exponent: exponent)
    }

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        var digits = Array(digits.drop { $0 == 0 })
        var exponent = exponent
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        self.exponent = digits.isEmpty ? 0 : exponent
    }

    /// The number times a power of ten.
    func shifted(by power: Int) -> ExactDecimal {
        ExactDecimal(isNegative: isNegative, digits: digits, exponent: exponent + power)
    }

    /// The number when it is whole and has 64 bits at most.
    var integer: Int64? {
        guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
        var value: Int64 = 0
        for digit in digits + Array(repeating: 0, count: exponent) {
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) =
                isNegative
                ? tens.subtractingReportingOverflow(Int64(digit)) : tens.addingReportingOverflow(Int64(digit))
            guard !isTooLarge, !overflows else { return nil }
            value = sum
        }
        return value
    }

    /// The digits before the point, one at least.
    var wholeDigits: String {
        let count = digits.count + exponent
        guard count > 0 else { return "0" }
        let known = digits.prefix(count)
        return Self.text(known) + String(repeating: "0", count: count - known.count)
    }

    /// The digits behind the point; empty for a whole number.
    var fractionDigits: String {
        guard exponent < 0 else { return "" }
        let zeros = max(0, -exponent - digits.count)
        return String(repeating: "0", count: zeros) + Self.text(digits.suffix(-exponent))
    }

    private static func text(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }
}
