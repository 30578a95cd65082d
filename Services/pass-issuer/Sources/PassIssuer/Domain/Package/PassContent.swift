import JSON

/// What one pass shows, checked: everything of its package but identity, images and signature.
struct PassContent: Sendable {
    /// pass.json without the platform's own keys.
    let pass: JSONObject
    /// The translations that hold this pass's own values, by language.
    let localizations: [(language: String, translations: JSONObject)]

    /// Whether it is shown exactly as it is.
    var isVerbatim = false

    /// pass.json as it is signed.
    func passJSON(identity: PassIdentity, voided: Bool) -> JSONObject {
        var pass = pass
        identity.complete(&pass)
        if voided { pass["voided"] = .bool(true) }
        if !isVerbatim, case .array(let dates) = pass["relevantDates"] {
            pass["relevantDates"] = .array(dates.map(Self.naming))
        }
        return pass
    }

    /// iOS 18 reads a point of time from `relevantDate`, later releases from `date`.
    private static func naming(_ entry: JSONValue) -> JSONValue {
        guard case .object(var object) = entry, let date = object["date"] ?? object["relevantDate"] else {
            return entry
        }
        if object["date"] == nil { object["date"] = date }
        if object["relevantDate"] == nil { object["relevantDate"] = date }
        return .object(object)
    }
}
