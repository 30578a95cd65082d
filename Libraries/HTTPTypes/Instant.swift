import Glibc

/// A point in time to the microsecond, in the years 0000 to 9999 of UTC; anything beyond is brought to that edge.
public struct Instant: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// 0000-01-01T00:00:00Z.
    public static let earliest = Instant(microseconds: -62_167_219_200_000_000)

    /// The last microsecond of the year 9999.
    public static let latest = Instant(microseconds: 253_402_300_799_999_999)

    /// Takes microseconds since 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = min(max(microseconds, -62_167_219_200_000_000), 253_402_300_799_999_999)
    }

    /// Takes whole seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int) {
        let (product, overflows) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
        self.init(microseconds: overflows ? (seconds < 0 ? .min : .max) : product)
    }

    /// The time of the system's clock.
    public static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Whole seconds since 1970, rounded down.
    public var wholeSeconds: Int {
        let quotient = microseconds / 1_000_000
        return Int(microseconds % 1_000_000 < 0 ? quotient - 1 : quotient)
    }

    /// The microseconds that `wholeSeconds` leaves out, 0…999999.
    public var microsecondsOfSecond: Int {
        Int(microseconds - Int64(wholeSeconds) * 1_000_000)
    }

    /// The instant so many seconds later, or earlier when negative.
    public func adding(seconds: Int) -> Instant {
        let (product, overflows) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
        let (sum, sumOverflows) = microseconds.addingReportingOverflow(product)
        return overflows || sumOverflows ? (seconds < 0 ? .earliest : .latest) : Instant(microseconds: sum)
    }

    /// The same instant without its fraction of a second.
    public var truncatedToSecond: Instant { Instant(seconds: wholeSeconds) }

    /// Seconds from another instant to this one, negative when this one is earlier.
    public func seconds(since other: Instant) -> Double {
        Double(microseconds - other.microseconds) / 1_000_000
    }

    /// Orders by time.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Instant: CustomStringConvertible {
    /// The instant as RFC 3339 text.
    public var description: String { rfc3339 }
}

extension Instant: Codable {
    /// Reads RFC 3339 text with any offset and fraction.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(rfc3339: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an RFC 3339 instant such as 2027-01-01T00:00:00Z")
        }
        self = instant
    }

    /// Writes RFC 3339 text in UTC without a fraction.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}
