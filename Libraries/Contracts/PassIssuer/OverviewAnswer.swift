/// What happened on the platform in a span of days, and what its operator should look after.
public struct OverviewAnswer: Codable, Hashable, Sendable {
    /// The days added up.
    public var totals: ActivityTotals
    /// Every day of the span, oldest first; days on which nothing happened with zeros.
    public var days: [ActivityDay]
    /// What should be looked after: certificates that expire, services that can't be asked, messages that wait.
    public var warnings: [String]

    /// Makes an answer from its days.
    public init(days: [ActivityDay], warnings: [String]) {
        totals = ActivityTotals(of: days)
        self.days = days
        self.warnings = warnings
    }
}
