import Contracts

/// Figures of several services, day by day.
struct Overview: Sendable {
    private var days: [ActivityDay]
    private let positions: [String: Int]

    /// Every day of a span, with zeros.
    init(of range: DayRange) {
        days = range.dates.map { ActivityDay(date: $0) }
        positions = Dictionary(days.enumerated().map { ($1.date, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Adds what a service counted; each fills what it counts and leaves the rest 0.
    mutating func add(_ counted: [ActivityDay]) {
        for day in counted {
            guard let position = positions[day.date] else { continue }
            for figure in Self.figures { days[position][keyPath: figure] += day[keyPath: figure] }
        }
    }

    /// The answer.
    func answer(warnings: [String]) -> OverviewAnswer {
        OverviewAnswer(days: days, warnings: warnings)
    }

    private static var figures: [WritableKeyPath<ActivityDay, Int>] {
        [
            \.issued, \.installed, \.removed, \.updates, \.pushesAccepted, \.pushesRejected, \.googleSaved,
            \.googleDeleted,
        ]
    }
}
