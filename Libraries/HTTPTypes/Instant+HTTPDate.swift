extension Instant {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let longWeekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]

    /// The instant as IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    public var httpDate: String {
        let (days, secondOfDay) = daysAndSeconds
        let date = CivilDate(daysSince1970: days)
        // 1970-01-01 was a Thursday.
        let weekday = Self.weekdays[((days + 4) % 7 + 7) % 7]
        let day = Self.padded(date.day, 2)
        let year = Self.padded(date.year, 4)
        return "\(weekday), \(day) \(Self.months[date.month - 1]) \(year) \(Self.clock(secondOfDay)) GMT"
    }

    /// Reads the three forms of RFC 9110 §5.6.7; `now` resolves the two-digit year of the obsolete RFC 850 form.
    public init?(httpDate text: String, now: Instant = .now()) {
        if let instant = Self.imfFixdate(text) ?? Self.rfc850Date(text, now: now) ?? Self.asctimeDate(text) {
            self = instant
        } else {
            return nil
        }
    }

    private static func imfFixdate(_ text: String) -> Instant? {
        var scanner = TextScanner(text)
        guard scanner.word(of: weekdays) != nil, scanner.skip(", "),
            let day = scanner.digits(2), scanner.skip(" "),
            let month = scanner.word(of: months), scanner.skip(" "),
            let year = scanner.digits(4), scanner.skip(" "),
            let second = time(&scanner), scanner.skip(" GMT"), scanner.isAtEnd
        else { return nil }
        return instant(year: year, month: month + 1, day: day, secondOfDay: second)
    }

    private static func rfc850Date(_ text: String, now: Instant) -> Instant? {
        var scanner = TextScanner(text)
        guard scanner.word(of: longWeekdays) != nil, scanner.skip(", "),
            let day = scanner.digits(2), scanner.skip("-"),
            let month = scanner.word(of: months), scanner.skip("-"),
            let shortYear = scanner.digits(2), scanner.skip(" "),
            let second = time(&scanner), scanner.skip(" GMT"), scanner.isAtEnd
        else { return nil }
        let thisYear = CivilDate(daysSince1970: now.daysAndSeconds.days).year
        let year = thisYear / 100 * 100 + shortYear
        // More than 50 years ahead means the most recent past year with the same two digits.
        return instant(
            year: year > thisYear + 50 ? year - 100 : year, month: month + 1, day: day, secondOfDay: second)
    }

    private static func asctimeDate(_ text: String) -> Instant? {
        var scanner = TextScanner(text)
        guard scanner.word(of: weekdays) != nil, scanner.skip(" "),
            let month = scanner.word(of: months), scanner.skip(" "),
            let day = scanner.skip(" ") ? scanner.digits(1) : scanner.digits(2), scanner.skip(" "),
            let second = time(&scanner), scanner.skip(" "),
            let year = scanner.digits(4), scanner.isAtEnd
        else { return nil }
        return instant(year: year, month: month + 1, day: day, secondOfDay: second)
    }

    private static func instant(year: Int, month: Int, day: Int, secondOfDay: Int) -> Instant? {
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return Instant(seconds: date.daysSince1970 * 86_400 + secondOfDay)
    }
}
