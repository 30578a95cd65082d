import JSON

extension SchemaValidator {
    /// Checks what must be there, what excludes what, and what belongs together.
    mutating func checkRules(of type: SchemaType, _ object: JSONObject, _ path: SchemaPath) {
        for group in type.required where !group.contains(where: { Self.isPresent(object[$0]) }) {
            let names = group.joined(separator: " or ")
            fail(path.appending(group[0]), .required, "\(type.name) needs \(names)")
        }
        for group in type.exclusive {
            let present = group.filter { Self.isPresent(object[$0]) }
            guard present.count > 1 else { continue }
            fail(path.appending(present[1]), .combination, "\(present.joined(separator: " and ")) exclude each other")
        }
        for group in type.together where Self.isPresent(object[group[0]]) {
            let others = group.dropFirst()
            guard !others.contains(where: { Self.isPresent(object[$0]) }) else { continue }
            let names = others.joined(separator: " or ")
            fail(path.appending(group[0]), .combination, "\(group[0]) needs \(names) beside it")
        }
        switch type.name {
        case "TimeInterval": checkInterval(object, path)
        case "TransitObject": checkLegs(object, path)
        default: break
        }
    }

    /// Both ends of an interval have an offset, or neither.
    private mutating func checkInterval(_ interval: JSONObject, _ path: SchemaPath) {
        guard let start = Self.date(interval["start"]), let end = Self.date(interval["end"]) else { return }
        if (start.offsetSeconds == nil) != (end.offsetSeconds == nil) {
            fail(path.appending("end"), .combination, "start and end both have an offset, or neither has")
        }
    }

    /// A leg has a place of departure, and a time of it when the object has no interval.
    private mutating func checkLegs(_ object: JSONObject, _ path: SchemaPath) {
        var legs: [(leg: JSONValue, path: SchemaPath)] = []
        if let leg = object["ticketLeg"] { legs.append((leg, path.appending("ticketLeg"))) }
        for (index, leg) in (object["ticketLegs"]?.arrayValue ?? []).enumerated() {
            legs.append((leg, path.appending("ticketLegs").appending(String(index))))
        }
        for (leg, path) in legs {
            guard case .object(let leg) = leg else { continue }
            if !Self.isPresent(leg["originName"]) && !Self.isPresent(leg["originStationCode"]) {
                fail(path.appending("originName"), .required, "TicketLeg needs originName or originStationCode")
            }
            if !Self.isPresent(leg["departureDateTime"]) && !Self.isPresent(object["validTimeInterval"]) {
                fail(
                    path.appending("departureDateTime"), .required,
                    "TicketLeg needs departureDateTime, or the object validTimeInterval")
            }
        }
    }

    private static func date(_ value: JSONValue?) -> GoogleDateTime? {
        value?["date"]?.stringValue.flatMap(GoogleDateTime.init)
    }

    /// Whether a property says anything: an empty text is what an absent one is, an empty object is not.
    static func isPresent(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null, .string(""), .array([]): false
        default: true
        }
    }
}
