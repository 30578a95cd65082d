import JSON

/// What semantic tags demand of each other: the order of their dates.
enum SemanticRules {
    /// Pairs of tags of which the first is not later than the second.
    private static let orders = [
        ("eventStartDate", "eventEndDate"), ("originalDepartureDate", "originalArrivalDate"),
        ("originalBoardingDate", "originalDepartureDate"), ("currentDepartureDate", "currentArrivalDate"),
        ("currentBoardingDate", "currentDepartureDate"), ("venueOpenDate", "venueCloseDate"),
        ("venueDoorsOpenDate", "venueCloseDate"), ("venueGatesOpenDate", "venueCloseDate"),
    ]

    static func check(_ pass: JSONObject, _ inspection: inout Inspection) {
        guard let semantics = pass["semantics"] else { return }
        inspection.at("semantics") { inspection in
            for (first, second) in orders {
                let dates = [first, second].map { inspection.read(semantics[$0]).string.flatMap(PassDate.init) }
                guard let earlier = dates[0], let later = dates[1], earlier.seconds > later.seconds else { continue }
                inspection.record(
                    .warning, at: second, "\"\(second)\" is before \"\(first)\".", "Correct one of the two dates.",
                    effect: .showsAnyway)
            }
        }
    }
}
