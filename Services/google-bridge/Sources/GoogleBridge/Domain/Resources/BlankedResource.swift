import JSON

/// A resource without its values, where only its shape counts or nothing better is known.
enum BlankedResource {
    private static let kept: Set<String> = ["id", "classId", "state"]

    /// What may have been sent, with the same members and only those values that are wanted still: the next write clears
    /// members by their names.
    static func sent(_ sent: JSONObject, wanted: JSONObject) -> JSONObject {
        var blanked = sent
        for (key, value) in sent where value != wanted[key] {
            if case .object(let old) = value, case .object(let new)? = wanted[key] {
                blanked[key] = .object(self.sent(old, wanted: new))
            } else {
                blanked[key] = blank(value)
            }
        }
        return blanked
    }

    /// An object that is void and shows nothing.
    static func object(_ wanted: JSONObject) -> JSONObject {
        var blanked = wanted
        for (key, value) in wanted where !kept.contains(key) { blanked[key] = blank(value) }
        blanked["state"] = "INACTIVE"
        return blanked
    }

    private static func blank(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: return value
        case .string, .number: return ""
        case .array: return .array([])
        case .object(let object):
            var blanked = object
            for (key, value) in object { blanked[key] = blank(value) }
            return .object(blanked)
        }
    }
}
