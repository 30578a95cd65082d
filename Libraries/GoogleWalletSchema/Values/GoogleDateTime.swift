/// A date with a time as Google has them: ISO 8601, to the nanosecond, with an offset or without one.
public struct GoogleDateTime: Hashable, Sendable {
    /// The wall-clock time in seconds since 1970-01-01T00:00:00 of the same clock.
    public let localSeconds: Int
    /// What is beyond the second.
    public let nanoseconds: Int
    /// How far the clock is ahead of UTC; nil when it is not said.
    public let offsetSeconds: Int?

    /// A date of parts that are in range.
    public init(localSeconds: Int, nanoseconds: Int = 0, offsetSeconds: Int?) {
        self.localSeconds = localSeconds
        self.nanoseconds = nanoseconds
        self.offsetSeconds = offsetSeconds
    }

    /// Reads `2027-03-05T06:30[:00[.5]][Z|±hh:mm[:ss]]`; nil for anything else, days that no calendar has included.
    public init?(_ text: String) {
        var reader = DateReader(text)
        guard let day = reader.day(), reader.take("T"),
            let hour = reader.number(digits: 2), hour < 24, reader.take(":"),
            let minute = reader.number(digits: 2), minute < 60
        else { return nil }
        var second = 0
        var fraction = 0
        if reader.take(":") {
            guard let number = reader.number(digits: 2), number < 60 else { return nil }
            second = number
            if reader.take(".") {
                guard let number = reader.fraction() else { return nil }
                fraction = number
            }
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        self.init(
            localSeconds: day * 86_400 + hour * 3600 + minute * 60 + second, nanoseconds: fraction,
            offsetSeconds: offset.seconds)
    }

    /// The instant in seconds since 1970, when the offset is said.
    public var instant: Int? { offsetSeconds.map { localSeconds - $0 } }

    /// The wall-clock time without the offset.
    public var withoutOffset: GoogleDateTime {
        GoogleDateTime(localSeconds: localSeconds, nanoseconds: nanoseconds, offsetSeconds: nil)
    }

    /// The same instant by the clock of UTC; itself when the offset is not said.
    public var inUTC: GoogleDateTime {
        guard let instant else { return self }
        return GoogleDateTime(localSeconds: instant, nanoseconds: nanoseconds, offsetSeconds: 0)
    }

    /// The date in one spelling: seconds always, fractions without zeros at their end, `Z` for UTC.
    public var text: String {
        let day = CivilDate(dayNumber: (localSeconds >= 0 ? localSeconds : localSeconds - 86_399) / 86_400)
        let time = localSeconds - day.dayNumber * 86_400
        var text = "\(Self.padded(day.year, 4))-\(Self.padded(day.month))-\(Self.padded(day.day))"
        text += "T\(Self.padded(time / 3600)):\(Self.padded(time / 60 % 60)):\(Self.padded(time % 60))"
        if nanoseconds != 0 {
            var digits = Self.padded(nanoseconds, 9)
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return text + offsetText
    }

    private var offsetText: String {
        guard let offsetSeconds else { return "" }
        guard offsetSeconds != 0 else { return "Z" }
        let size = abs(offsetSeconds)
        let text = "\(offsetSeconds < 0 ? "-" : "+")\(Self.padded(size / 3600)):\(Self.padded(size / 60 % 60))"
        return size.isMultiple(of: 60) ? text : text + ":" + Self.padded(size % 60)
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
