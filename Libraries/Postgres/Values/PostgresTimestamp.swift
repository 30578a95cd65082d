/// An instant as `timestamptz` keeps it.
public struct PostgresTimestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// Makes an instant from microseconds since 1970.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The earlier instant is less.
    public static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// PostgreSQL counts from 2000-01-01.
    static let epochOffset: Int64 = 946_684_800_000_000
}
