import JSON

/// When and where a pass shows itself.
enum RelevanceRules {
    /// The longest interval of relevance that phones take, in seconds.
    static let longestInterval = 86_400

    static func check(_ pass: JSONObject, style: PassStyle?, _ inspection: inout Inspection) {
        let isTimeless = style == .coupon || style == .storeCard
        if isTimeless { checkTimeless(pass, &inspection) }
        inspection.at("relevantDates") { inspection in
            inspection.forEach(of: pass["relevantDates"]) { inspection, _, entry in
                guard case .object(let entry) = entry else { return }
                checkEntry(entry, &inspection)
            }
        }
        if !isTimeless { checkTwins(pass, &inspection) }
    }

    /// Older phones read one of the two keys alone, newer ones rather the other.
    private static func checkTwins(_ pass: JSONObject, _ inspection: inout Inspection) {
        switch (pass["relevantDate"] != nil, pass["relevantDates"] != nil) {
        case (true, false):
            inspection.record(
                .warning, at: "relevantDate", "\"relevantDate\" is deprecated since iOS 18.",
                "Add \"relevantDates\", an array of objects with \"date\".")
        case (false, true):
            inspection.record(
                .warning, at: "relevantDates", "\"relevantDates\" is understood from iOS 18 on.",
                "Older phones leave it out; add \"relevantDate\" for them.", requiresIOS: 18)
        case (true, true), (false, false): break
        }
    }

    /// Coupons and store cards show themselves at a place, never at a time.
    private static func checkTimeless(_ pass: JSONObject, _ inspection: inout Inspection) {
        for key in ["relevantDate", "relevantDates"] where pass[key] != nil {
            inspection.record(
                .warning, at: key, "For coupons and store cards phones take no notice of a relevant date.",
                "Add \"locations\" or \"beacons\" instead.")
        }
    }

    private static func checkEntry(_ entry: JSONObject, _ inspection: inout Inspection) {
        let isPoint = entry["date"] != nil || entry["relevantDate"] != nil
        let ends = [entry["startDate"], entry["endDate"]]
        let isInterval = ends.contains { $0 != nil }
        if isPoint == isInterval {
            inspection.refuse(
                isPoint ? "The entry is both a date and an interval." : "The entry holds no date.",
                "Write either \"date\", or \"startDate\" and \"endDate\".")
            return
        }
        if let date = entry["date"], let twin = entry["relevantDate"], date != twin {
            inspection.record(
                .warning, at: "relevantDate",
                "iOS 18 reads \"relevantDate\", later releases \"date\", and they differ.",
                "Write the same date in both, or \"date\" alone.")
        }
        guard isInterval else { return }
        for key in ["startDate", "endDate"] where entry[key] == nil {
            inspection.record(.error, at: key, "The interval lacks \"\(key)\".", "Add \"\(key)\".")
        }
        let dates = ends.map { inspection.read($0).string.flatMap(PassDate.init) }
        guard let start = dates[0], let end = dates[1] else { return }
        if end.seconds < start.seconds {
            inspection.record(.error, at: "endDate", "The interval ends before it begins.", "Swap the two dates.")
        } else if end.seconds - start.seconds > longestInterval {
            inspection.record(
                .error, at: "endDate", "The interval is longer than 24 hours.",
                "Shorten it, or write one interval for each day.")
        }
    }
}
