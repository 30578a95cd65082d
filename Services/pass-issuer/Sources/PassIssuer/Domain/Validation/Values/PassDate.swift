/// A date of pass.json: `YYYY-MM-DDThh:mm[:ss]` with `Z` or `±hh:mm` and nothing else.
///
/// Fractions, `+0000` and anything behind make older phones throw the whole pass away; the only writer of such dates
/// is `text`.
struct PassDate: Hashable, Sendable {
    /// The instant, in seconds since 1970.
    let seconds: Int
    /// How far the written time is ahead of UTC, in minutes.
    let offsetMinutes: Int

    /// The dates that four digits of a year can name.
    static let range = -62_167_219_200...253_402_300_799

    /// A date; nil when its year at that offset has no four digits or the offset is a day or more.
    init?(seconds: Int, offsetMinutes: Int = 0) {
        guard (-1439...1439).contains(offsetMinutes), Self.range.contains(seconds),
            Self.range.contains(seconds + offsetMinutes * 60)
        else { return nil }
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// Reads a date; nil for whatever is not exactly one, days that no calendar has included.
    init?(_ text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(digits: 4), reader.take("-"),
            let month = reader.number(digits: 2), 1...12 ~= month, reader.take("-"),
            let day = reader.number(digits: 2), 1...Self.days(of: month, in: year) ~= day, reader.take("T"),
            let hour = reader.number(digits: 2), hour < 24, reader.take(":"),
            let minute = reader.number(digits: 2), minute < 60
        else { return nil }
        var second = 0
        if reader.take(":") {
            guard let number = reader.number(digits: 2), number < 60 else { return nil }
            second = number
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let local = Self.dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        self.init(seconds: local - offset * 60, offsetMinutes: offset)
    }

    /// The date as pass.json has it, with seconds.
    var text: String {
        let local = seconds + offsetMinutes * 60
        let dayNumber = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let time = local - dayNumber * 86_400
        let (year, month, day) = Self.civil(dayNumber)
        var text = Self.padded(year, 4) + "-" + Self.padded(month) + "-" + Self.padded(day)
        text += "T" + Self.padded(time / 3600) + ":" + Self.padded(time / 60 % 60) + ":" + Self.padded(time % 60)
        guard offsetMinutes != 0 else { return text + "Z" }
        let offset = abs(offsetMinutes)
        return text + (offsetMinutes < 0 ? "-" : "+") + Self.padded(offset / 60) + ":" + Self.padded(offset % 60)
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { index == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        mutating func number(digits: Int) -> Int? {
            guard index + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[index..<(index + digits)] {
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            index += digits
            return value
        }

        /// Minutes ahead of UTC.
        mutating func offset() -> Int? {
            if take("Z") { return 0 }
            let isAhead = take("+")
            guard isAhead || take("-"), let hours = number(digits: 2), hours < 24, take(":"),
                let minutes = number(digits: 2), minutes < 60
            else { return nil }
            return (isAhead ? 1 : -1) * (hours * 60 + minutes)
        }
    }
}

extension PassDate {
    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01; years begin in March, so that the leap day is their last.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func civil(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
