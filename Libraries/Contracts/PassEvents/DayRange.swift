import HTTPTypes

/// The days of a question for numbers by day, `?from=2026-06-01&to=2026-06-30`: inclusive, in UTC.
public struct DayRange: Hashable, Sendable {
    /// The first day, `2026-06-01`.
    public let from: String
    /// The last day.
    public let to: String

    /// How many days there are when the question names none.
    public static let defaultDays = 30
    /// How many days a question may cover.
    public static let maximumDays = 3_660

    /// Reads a question; without its days it is for the last 30, and one that is missing is counted from the other.
    public init(_ query: QueryItems, now: Instant = .now()) throws(Problem) {
        let day = 86_400
        let from = try query.first("from").map { text throws(Problem) in try Self.start(of: text, "from") }
        let to = try query.first("to").map { text throws(Problem) in try Self.start(of: text, "to") }
        let end = to ?? from.map { max($0, now) } ?? now
        let start = from ?? end.adding(seconds: -(Self.defaultDays - 1) * day)
        guard start <= end else { throw Problem(.badRequest, "from is later than to.") }
        guard end.seconds(since: start) < Double(Self.maximumDays * day) else {
            throw Problem(.badRequest, "from and to are more than \(Self.maximumDays) days apart.")
        }
        self.from = Self.date(of: start)
        self.to = Self.date(of: end)
    }

    /// Every day, oldest first.
    public var dates: [String] {
        var dates: [String] = []
        var next = Instant(rfc3339: "\(from)T00:00:00Z")
        while let instant = next, dates.last != to, dates.count <= Self.maximumDays {
            dates.append(Self.date(of: instant))
            next = instant.adding(seconds: 86_400)
        }
        return dates
    }

    /// The day of an instant, `2026-06-30`.
    public static func date(of instant: Instant) -> String { String(instant.rfc3339.prefix(10)) }

    private static func start(of date: String, _ name: String) throws(Problem) -> Instant {
        guard date.utf8.count == 10, let start = Instant(rfc3339: "\(date)T00:00:00Z") else {
            throw Problem(.badRequest, "\(name) must be a date such as 2026-06-30.")
        }
        return start
    }
}
