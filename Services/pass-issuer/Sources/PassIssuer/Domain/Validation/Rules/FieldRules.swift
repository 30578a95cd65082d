import JSON

/// What the keys of one field demand of each other and of the field's place.
enum FieldRules {
    static func check(
        _ field: JSONObject, _ group: FieldGroup, _ style: PassStyle, _ inspection: inout Inspection
    ) {
        checkFormats(field, &inspection)
        checkTexts(field, group, &inspection)
        if field["textAlignment"] != nil, !group.isAlignable {
            inspection.record(
                .error, at: "textAlignment", "The text of \(group.rawValue) can't be aligned.",
                "Remove \"textAlignment\".")
        }
        if field["row"] != nil, style != .eventTicket || group != .auxiliaryFields {
            inspection.record(
                .error, at: "row", "Only the auxiliary fields of an event ticket have rows.", "Remove \"row\".")
        }
    }

    private static func checkFormats(_ field: JSONObject, _ inspection: inout Inspection) {
        // Without arrays: every field of every pass comes here.
        let date = firstKey("dateStyle", "timeStyle", of: field)
        let number = firstKey("currencyCode", "numberStyle", of: field)
        let value = inspection.read(field["value"])
        if let date { checkDate(value, date, &inspection) }
        if date == nil {
            for key in ["ignoresTimeZone", "isRelative"] where field[key] != nil {
                inspection.record(
                    .error, at: key, "\"\(key)\" means nothing without a date style.",
                    "Add \"dateStyle\" or \"timeStyle\", or remove \"\(key)\".")
            }
        }
        if let number { checkNumber(value, number, &inspection) }
        if number == "currencyCode", field["numberStyle"] != nil {
            inspection.record(
                .error, at: "numberStyle", "\"currencyCode\" and \"numberStyle\" exclude each other.",
                "Remove one of them.")
        }
        if let date, let number {
            inspection.record(
                .error, at: number, "\"\(date)\" and \"\(number)\" exclude each other.", "Remove one of them.")
        }
    }

    private static func firstKey(_ first: String, _ second: String, of field: JSONObject) -> String? {
        field[first] != nil ? first : field[second] != nil ? second : nil
    }

    private static func checkDate(_ value: Reading, _ key: String, _ inspection: inout Inspection) {
        guard case .known(let known) = value else { return }
        if case .string(let text) = known, PassDate(text) != nil { return }
        inspection.record(
            .error, at: "value", "The field has a \"\(key)\", and its value is no date.",
            "Write \(TextRule.date.expected), or remove \"\(key)\".")
    }

    private static func checkNumber(_ value: Reading, _ key: String, _ inspection: inout Inspection) {
        switch value {
        case .absent, .anything, .known(.number): return
        case .text, .known:
            inspection.record(
                .error, at: "value", "The field has a \"\(key)\", and its value is no number.",
                "Write a number without quotes (a token alone keeps its type), or remove \"\(key)\".")
        }
    }

    private static func checkTexts(_ field: JSONObject, _ group: FieldGroup, _ inspection: inout Inspection) {
        checkChangeMessage(field, &inspection)
        if field["dataDetectorTypes"] != nil, !group.isTouchable {
            inspection.record(
                .warning, at: "dataDetectorTypes", "Data are detected on the back of a pass only.",
                "Remove \"dataDetectorTypes\", or move the field to backFields.")
        }
        guard let text = inspection.read(field["attributedValue"]).string else { return }
        if let tag = Markup.firstForbiddenTag(in: text) {
            inspection.record(
                .error, at: "attributedValue", "The markup \(inspection.shown(tag)) is not supported.",
                "Use no tag but <a href=\"…\">…</a>.")
        } else if text.contains("<a"), !group.isTouchable {
            inspection.record(
                .warning, at: "attributedValue", "Links can be touched on the back of a pass only.",
                "Move the field to backFields.")
        }
    }

    /// Whether a text holds `%@`; by bytes, since every pass of a campaign is asked.
    static func holdsPlaceholder(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "@"), previous == UInt8(ascii: "%") { return true }
            previous = byte
        }
        return false
    }

    private static func checkChangeMessage(_ field: JSONObject, _ inspection: inout Inspection) {
        guard let message = field["changeMessage"] else { return }
        let holdsValue =
            switch inspection.read(message) {
            case .absent, .anything: true
            case .known(.string(let text)): holdsPlaceholder(text)
            case .known: true
            // The literal parts of a template stand in the final text too.
            case .text: message.stringValue.map(holdsPlaceholder) ?? true
            }
        if !holdsValue {
            inspection.record(
                .error, at: "changeMessage", "The message has no %@, so no change is ever announced.",
                "Put %@ where the new value belongs, as in \"Gate changed to %@.\".", effect: .announcesNothing)
        }
    }
}
