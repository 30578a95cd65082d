import JSON

/// Whether anybody is told when the pass changes.
enum ChangeRules {
    static func check(_ pass: JSONObject, style: PassStyle?, _ inspection: inout Inspection) {
        guard inspection.subject == .template, let style else { return }
        let fields = FieldGroup.allCases.flatMap { pass[style.rawValue]?[$0.rawValue]?.arrayValue ?? [] }
        let changing = fields.filter { isToken(inspection.read($0["value"])) }
        guard !changing.isEmpty, !fields.contains(where: { $0["changeMessage"] != nil }) else { return }
        inspection.record(
            .warning, at: style.rawValue, "Values of the pass can change, and no field has a changeMessage.",
            "Add \"changeMessage\" to the fields whose new values people should be told, as in \"Gate changed to %@.\".",
            effect: .announcesNothing)
    }

    private static func isToken(_ reading: Reading) -> Bool {
        switch reading {
        case .text, .anything: true
        case .absent, .known: false
        }
    }
}
