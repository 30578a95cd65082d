/// Reads the parts of a date from a text.
struct DateReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    /// Goes past a character when it is there.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// A number of exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        guard index + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<(index + digits)] {
            guard ASCII.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        index += digits
        return value
    }

    /// `YYYY-MM-DD`, as days since 1970-01-01.
    mutating func day() -> Int? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)?.dayNumber
    }

    /// One to nine digits behind the point, as nanoseconds.
    mutating func fraction() -> Int? {
        var value = 0
        var count = 0
        while index < bytes.count, ASCII.isDigit(bytes[index]), count < 9 {
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<9 { value *= 10 }
        return value
    }

    /// Nothing, `Z` or `±hh:mm[:ss]`; nil when something else stands there.
    mutating func offset() -> Offset? {
        if isAtEnd { return Offset(seconds: nil) }
        if take("Z") { return Offset(seconds: 0) }
        let isAhead = take("+")
        guard isAhead || take("-"), let hours = number(digits: 2), hours <= 18, take(":"),
            let minutes = number(digits: 2), minutes < 60
        else { return nil }
        var seconds = hours * 3600 + minutes * 60
        if take(":") {
            guard let rest = number(digits: 2), rest < 60 else { return nil }
            seconds += rest
        }
        return Offset(seconds: isAhead ? seconds : -seconds)
    }

    /// How far a clock is ahead of UTC; nil seconds when the text does not say it.
    struct Offset {
        let seconds: Int?
    }
}
