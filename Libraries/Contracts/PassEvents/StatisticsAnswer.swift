/// What a service counted, by day: the days on which anything happened between `?from=` and `?to=` (dates, inclusive, UTC),
/// oldest first.
public struct StatisticsAnswer: Codable, Hashable, Sendable {
    /// The days.
    public var days: [ActivityDay]

    /// Makes an answer.
    public init(days: [ActivityDay]) {
        self.days = days
    }
}
