import JSON

/// Entries of `upcomingPassInformation` (iOS 26): events to come that a poster event ticket is good for.
enum UpcomingRules {
    static func check(_ pass: JSONObject, style: PassStyle?, _ inspection: inout Inspection) {
        guard let entries = pass["upcomingPassInformation"] else { return }
        let schemes = SchemeRules.schemes(of: pass, inspection)
        inspection.at("upcomingPassInformation") { inspection in
            if style != .eventTicket || !schemes.contains(SchemeRules.poster) {
                inspection.warn(
                    "Only poster event tickets show upcoming events, and the pass is none.",
                    "Give it the style eventTicket and \"\(SchemeRules.poster)\" in preferredStyleSchemes.")
            }
            inspection.checkUnique("identifier", in: entries, "entry")
            inspection.forEach(of: entries) { inspection, _, entry in
                checkFields(entry, &inspection)
                inspection.at("images") { checkImages(entry["images"], &$0) }
            }
        }
    }

    private static func checkFields(_ entry: JSONValue, _ inspection: inout Inspection) {
        var keys: Set<String> = []
        for group in [FieldGroup.additionalInfoFields, .backFields] {
            inspection.at(group.rawValue) { inspection in
                inspection.forEach(of: entry[group.rawValue]) { inspection, _, field in
                    guard case .object(let field) = field else { return }
                    StyleRules.checkUniqueKey(field, &keys, &inspection)
                    FieldRules.check(field, group, .eventTicket, &inspection)
                }
            }
        }
    }

    /// A picture is loaded from addresses, or the pass's own is used again.
    private static func checkImages(_ images: JSONValue?, _ inspection: inout Inspection) {
        for (name, image) in images?.objectValue ?? [:] {
            guard image.objectValue != nil else { continue }
            let reuses = image["reuseExisting"]?.boolValue == true
            let addresses = image["URLs"] ?? image["urls"]
            if reuses, addresses != nil {
                inspection.record(
                    .error, at: name, "The image is both the pass's own and loaded from addresses.",
                    "Remove \"reuseExisting\" or \"URLs\".", effect: .ignores)
            } else if !reuses, addresses == nil {
                inspection.record(
                    .error, at: name, "The image has no address.", "Add \"URLs\", or \"reuseExisting\": true.",
                    effect: .ignores)
            }
        }
    }
}
