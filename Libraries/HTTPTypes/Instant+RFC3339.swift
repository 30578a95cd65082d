extension Instant {
    /// The instant in UTC without a fraction, `2027-01-01T00:00:00Z`.
    public var rfc3339: String {
        String(unsafeUninitializedCapacity: 20) { output in
            writeSeconds(to: output)
            output[19] = UInt8(ascii: "Z")
            return 20
        }
    }

    /// The instant in UTC to the millisecond, which the rest is cut off to, `2027-01-01T00:00:00.000Z`.
    public var rfc3339Milliseconds: String {
        String(unsafeUninitializedCapacity: 24) { output in
            writeSeconds(to: output)
            let milliseconds = microsecondsOfSecond / 1_000
            output[19] = UInt8(ascii: ".")
            output[20] = UInt8(ascii: "0") + UInt8(milliseconds / 100)
            Self.write(milliseconds % 100, to: output, at: 21)
            output[23] = UInt8(ascii: "Z")
            return 24
        }
    }

    /// Writes 19 characters, up to the second. Digits alone, no texts joined: every line of the log has one.
    private func writeSeconds(to output: UnsafeMutableBufferPointer<UInt8>) {
        let (days, secondOfDay) = daysAndSeconds
        let date = CivilDate(daysSince1970: days)
        Self.write(date.year / 100, to: output, at: 0)
        Self.write(date.year % 100, to: output, at: 2)
        output[4] = UInt8(ascii: "-")
        Self.write(date.month, to: output, at: 5)
        output[7] = UInt8(ascii: "-")
        Self.write(date.day, to: output, at: 8)
        output[10] = UInt8(ascii: "T")
        Self.write(secondOfDay / 3_600, to: output, at: 11)
        output[13] = UInt8(ascii: ":")
        Self.write(secondOfDay / 60 % 60, to: output, at: 14)
        output[16] = UInt8(ascii: ":")
        Self.write(secondOfDay % 60, to: output, at: 17)
    }

    /// Writes two digits.
    private static func write(_ number: Int, to output: UnsafeMutableBufferPointer<UInt8>, at index: Int) {
        output[index] = UInt8(ascii: "0") + UInt8(number / 10)
        output[index + 1] = UInt8(ascii: "0") + UInt8(number % 10)
    }

    /// Reads RFC 3339 §5.6 text with any offset; digits of the fraction beyond the microsecond are dropped.
    public init?(rfc3339 text: String) {
        var scanner = TextScanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"),
            let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), let date = CivilDate(year: year, month: month, day: day),
            scanner.skip("T") || scanner.skip("t")
                || scanner.skip(" "),
            let secondOfDay = Self.time(&scanner), let fraction = Self.fraction(&scanner),
            let offset = Self.offset(&scanner), scanner.isAtEnd
        else { return nil }
        let seconds = Int64(date.daysSince1970 * 86_400 + secondOfDay - offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(fraction))
    }

    /// Days since 1970 and the second of that day.
    var daysAndSeconds: (days: Int, secondOfDay: Int) {
        let seconds = wholeSeconds
        let secondOfDay = ((seconds % 86_400) + 86_400) % 86_400
        return ((seconds - secondOfDay) / 86_400, secondOfDay)
    }

    /// `hh:mm:ss`.
    static func clock(_ secondOfDay: Int) -> String {
        let hours = padded(secondOfDay / 3_600, 2)
        let minutes = padded(secondOfDay / 60 % 60, 2)
        return "\(hours):\(minutes):\(padded(secondOfDay % 60, 2))"
    }

    /// The number with zeros before it.
    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// `hh:mm:ss` as the second of the day; a leap second counts into the next minute.
    static func time(_ scanner: inout TextScanner) -> Int? {
        guard let hour = scanner.digits(2), hour < 24, scanner.skip(":"),
            let minute = scanner.digits(2), minute < 60, scanner.skip(":"),
            let second = scanner.digits(2), second <= 60
        else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    private static func fraction(_ scanner: inout TextScanner) -> Int? {
        guard scanner.skip(".") else { return 0 }
        var microseconds = 0
        var count = 0
        while let digit = scanner.digits(1) {
            if count < 6 { microseconds = microseconds * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 { microseconds *= 10 }
        return microseconds
    }

    private static func offset(_ scanner: inout TextScanner) -> Int? {
        if scanner.skip("Z") || scanner.skip("z") { return 0 }
        let isEast = scanner.skip("+")
        guard isEast || scanner.skip("-"), let hours = scanner.digits(2), hours < 24,
            scanner.skip(":"), let minutes = scanner.digits(2), minutes < 60
        else { return nil }
        return (isEast ? 1 : -1) * (hours * 3_600 + minutes * 60)
    }
}
