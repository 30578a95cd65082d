import JSON

/// What the styles made of semantic tags need: poster event tickets (iOS 18), semantic boarding passes (iOS 26).
///
/// A phone that finds one of these wanting shows the plain style instead, without a word.
enum SchemeRules {
    static let poster = "posterEventTicket"
    static let boarding = "semanticBoardingPass"

    /// A tag that a scheme needs or should have; any of the names will do.
    private struct Need {
        let names: [String]
        let severity: PassFault.Severity

        static func must(_ names: String...) -> Need { Need(names: names, severity: .error) }
        static func should(_ names: String...) -> Need { Need(names: names, severity: .warning) }
    }

    private static let posterNeeds: [Need] = [
        .must("eventName"), .must("venueName"), .should("eventStartDate", "eventStartDateInfo"), .should("seats"),
    ]
    private static let sportsNeeds: [Need] = [.must("homeTeamAbbreviation"), .must("awayTeamAbbreviation")]
    private static let liveNeeds: [Need] = [.must("performerNames"), .should("artistIDs")]
    private static let boardingNeeds: [Need] = [
        .must("airlineCode"), .must("flightNumber"), .must("originalDepartureDate"), .must("originalBoardingDate"),
        .must("originalArrivalDate"), .must("departureAirportTimeZone", "departureLocationTimeZone"),
        .must("departureAirportCode"), .must("destinationAirportCode"), .must("passengerName"),
        .should("departureCityName"), .should("destinationCityName"),
        .should("destinationAirportTimeZone", "destinationLocationTimeZone"), .should("seats"),
    ]

    static func check(_ pass: JSONObject, style: PassStyle?, _ inspection: inout Inspection) {
        let schemes = schemes(of: pass, inspection)
        checkKeys(pass, schemes, &inspection)
        for (scheme, wanted, release) in [(poster, PassStyle.eventTicket, 18), (boarding, .boardingPass, 26)]
        where schemes.contains(scheme) {
            inspection.record(
                .warning, at: "preferredStyleSchemes", "\(scheme) is drawn from iOS \(release) on.",
                "Older phones show the plain style; make sure that its fields are right too.", requiresIOS: release,
                effect: .showsPlainStyle)
            guard style == wanted else {
                inspection.record(
                    .error, at: "preferredStyleSchemes", "\(scheme) needs the style \(wanted.rawValue).",
                    "Remove it, or give the pass that style.")
                continue
            }
            if !schemes.contains(wanted.rawValue) {
                inspection.record(
                    .warning, at: "preferredStyleSchemes", "There is no style to fall back to.",
                    "Add \"\(wanted.rawValue)\" behind \"\(scheme)\".")
            }
            scheme == poster ? checkPoster(pass, &inspection) : check(pass, boardingNeeds, scheme, &inspection)
        }
    }

    /// The schemes that content asks for.
    static func schemes(of pass: JSONObject, _ inspection: Inspection) -> [String] {
        (pass["preferredStyleSchemes"]?.arrayValue ?? []).compactMap { inspection.read($0).string }
    }

    /// Keys that only one of the schemes shows.
    private static func checkKeys(_ pass: JSONObject, _ schemes: [String], _ inspection: inout Inspection) {
        let tables = [
            (PassKeys.posterOnly, poster, "poster event tickets"),
            (PassKeys.boardingOnly, boarding, "semantic boarding passes"),
        ]
        for (keys, scheme, words) in tables where !schemes.contains(scheme) {
            for key in keys where pass[key] != nil {
                inspection.record(
                    .warning, at: key, "\"\(key)\" is shown by \(words) alone, and the pass is none.",
                    "Remove it, or add \"\(scheme)\" to preferredStyleSchemes.")
            }
        }
    }

    private static func checkPoster(_ pass: JSONObject, _ inspection: inout Inspection) {
        if pass["nfc"] == nil {
            inspection.record(
                .error, at: "nfc", "A poster event ticket needs NFC.",
                "Add \"nfc\" with \"requiresAuthentication\", or remove \(poster).")
        } else if case .object(let nfc) = pass["nfc"], nfc["requiresAuthentication"] == nil {
            inspection.at("nfc") { inspection in
                inspection.record(
                    .error, at: "requiresAuthentication", "A poster event ticket says whether its NFC is locked.",
                    "Add \"requiresAuthentication\".")
            }
        }
        check(pass, posterNeeds, poster, &inspection)
        switch inspection.read(pass["semantics"]?["eventType"]).string {
        case "PKEventTypeSports": check(pass, sportsNeeds, poster, &inspection)
        case "PKEventTypeLivePerformance": check(pass, liveNeeds, poster, &inspection)
        default: break
        }
        let buttons = PassKeys.eventGuide.filter { pass[$0] != nil }
        if buttons.count == 1 {
            inspection.record(
                .warning, at: buttons[0], "The event guide shows its buttons from two on, and there is one.",
                "Add another address of the event guide.")
        }
    }

    private static func check(
        _ pass: JSONObject, _ needs: [Need], _ scheme: String, _ inspection: inout Inspection
    ) {
        if let semantics = pass["semantics"], semantics.objectValue == nil { return }
        inspection.at("semantics") { inspection in
            for need in needs where !need.names.contains(where: { isFilled(pass["semantics"]?[$0]) }) {
                inspection.record(
                    need.severity, at: need.names[0],
                    need.severity == .error
                        ? "\(scheme) needs \"\(need.names[0])\"; without it phones show the plain style."
                        : "\(scheme) should have \"\(need.names[0])\".",
                    "Add \"\(need.names[0])\".", effect: need.severity == .error ? .showsPlainStyle : .showsAnyway)
            }
        }
    }

    private static func isFilled(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null: false
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        case .bool, .number: true
        }
    }
}
