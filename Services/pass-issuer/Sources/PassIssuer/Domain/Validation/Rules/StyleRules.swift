import JSON

/// Exactly one style, its fields within what phones draw, every field's key its own.
enum StyleRules {
    static func check(_ pass: JSONObject, style: PassStyle?, _ inspection: inout Inspection) {
        checkSingleStyle(pass, &inspection)
        var keys: Set<String> = []
        for style in PassStyle.allCases {
            guard case .object(let content) = pass[style.rawValue] else { continue }
            inspection.at(style.rawValue) { inspection in
                checkTransitType(content, style, &inspection)
                checkMaxima(content, style, &inspection)
                checkBarcodeRoom(pass, content, style, &inspection)
                checkFields(content, of: pass, style, &keys, &inspection)
            }
        }
        checkPoster(pass, &inspection)
    }

    private static func checkSingleStyle(_ pass: JSONObject, _ inspection: inout Inspection) {
        let present = PassStyle.allCases.filter { pass[$0.rawValue] != nil }
        let names = PassStyle.allCases.map(\.rawValue).joined(separator: ", ")
        guard let first = present.first else {
            inspection.refuse("The pass has no style.", "Add exactly one of \(names).")
            return
        }
        for other in present.dropFirst() {
            inspection.record(
                .error, at: other.rawValue, "The pass has the style \(first.rawValue) already.",
                "Leave exactly one of \(names).")
        }
    }

    private static func checkTransitType(
        _ content: JSONObject, _ style: PassStyle, _ inspection: inout Inspection
    ) {
        let isPresent = content["transitType"] != nil
        if style == .boardingPass, !isPresent {
            inspection.record(
                .error, at: "transitType", "A boarding pass needs its means of transport.",
                "Add one of PKTransitTypeAir, PKTransitTypeBoat, PKTransitTypeBus, PKTransitTypeGeneric, "
                    + "PKTransitTypeTrain.")
        } else if style != .boardingPass, isPresent {
            inspection.record(
                .error, at: "transitType", "Only a boarding pass has a means of transport.", "Remove \"transitType\".")
        }
    }

    private static func checkMaxima(_ content: JSONObject, _ style: PassStyle, _ inspection: inout Inspection) {
        for group in FieldGroup.allCases {
            guard let maximum = style.maximum(of: group), case .array(let fields) = content[group.rawValue] else {
                continue
            }
            // An event ticket may have two rows of auxiliary fields, each with its own limit.
            let rows =
                style == .eventTicket && group == .auxiliaryFields
                ? [0, 1].map { row in fields.filter { ($0["row"]?.intValue ?? 0) == row }.count } : [fields.count]
            for count in rows where count > maximum {
                inspection.record(
                    .error, at: group.rawValue,
                    "There are \(count) \(group.rawValue); in this style phones draw \(maximum) and silently leave out "
                        + "the rest.",
                    "Leave at most \(maximum), and move the others to backFields.", effect: .drawsTheFirst)
            }
        }
    }

    private static func checkBarcodeRoom(
        _ pass: JSONObject, _ content: JSONObject, _ style: PassStyle, _ inspection: inout Inspection
    ) {
        let barcode = pass["barcodes"]?[0] ?? pass["barcode"]
        guard let maximum = style.maximumBesideSquareBarcode,
            let format = inspection.read(barcode?["format"]).string.flatMap(BarcodeFormat.init), format.isSquare
        else { return }
        let groups = [FieldGroup.secondaryFields, .auxiliaryFields]
        let count = groups.reduce(0) { $0 + (content[$1.rawValue]?.arrayValue?.count ?? 0) }
        // A group over its own limit has been reported already.
        guard count > maximum,
            groups.allSatisfy({ (content[$0.rawValue]?.arrayValue?.count ?? 0) <= style.maximum(of: $0) ?? .max })
        else { return }
        inspection.record(
            .error, at: FieldGroup.auxiliaryFields.rawValue,
            "Beside a square barcode phones draw \(maximum) secondary and auxiliary fields together, not \(count).",
            "Leave at most \(maximum) in both groups, or use PKBarcodeFormatPDF417 or PKBarcodeFormatCode128.",
            effect: .drawsTheFirst)
    }

    private static func checkFields(
        _ content: JSONObject, of pass: JSONObject, _ style: PassStyle, _ keys: inout Set<String>,
        _ inspection: inout Inspection
    ) {
        for group in FieldGroup.allCases {
            guard let fields = content[group.rawValue] else { continue }
            inspection.at(group.rawValue) { inspection in
                checkPlace(of: group, style, pass, &inspection)
                inspection.forEach(of: fields) { inspection, _, field in
                    guard case .object(let field) = field else { return }
                    checkUniqueKey(field, &keys, &inspection)
                    FieldRules.check(field, group, style, &inspection)
                }
            }
        }
    }

    private static func checkPlace(
        of group: FieldGroup, _ style: PassStyle, _ pass: JSONObject, _ inspection: inout Inspection
    ) {
        if group == .additionalInfoFields, style != .eventTicket {
            inspection.warn("Only event tickets show additionalInfoFields.", "Move the fields to backFields.")
        } else if group == .additionalInfoFields,
            !SchemeRules.schemes(of: pass, inspection).contains(SchemeRules.poster)
        {
            inspection.warn(
                "Only poster event tickets show additionalInfoFields, and the pass is none.",
                "Move the fields to backFields, or add \"\(SchemeRules.poster)\" to preferredStyleSchemes.")
        } else if group == .footerFields {
            inspection.warn("Only posterGeneric shows footerFields.", "Move the fields to posterGeneric.")
        }
    }

    static func checkUniqueKey(
        _ field: JSONObject, _ keys: inout Set<String>, _ inspection: inout Inspection
    ) {
        guard let key = inspection.read(field["key"]).string else { return }
        if !keys.insert(key).inserted {
            inspection.record(
                .error, at: "key", "Another field of the pass has the key \"\(key)\".",
                "Give each field a key of its own.")
        }
        if key.unicodeScalars.contains(where: { $0.properties.generalCategory == .format }) {
            inspection.record(
                .error, at: "key", "The key holds an invisible format character.", "Type the key anew.")
        }
    }

    /// A generic poster draws the fields anew, so its keys may be those of the style that it stands beside.
    private static func checkPoster(_ pass: JSONObject, _ inspection: inout Inspection) {
        guard case .object(let content) = pass[PassStyle.posterGeneric] else { return }
        if pass[PassStyle.generic.rawValue] == nil {
            inspection.record(
                .error, at: PassStyle.posterGeneric, "posterGeneric stands without the style generic.",
                "Add generic, which phones before iOS 27 show.")
        }
        var keys: Set<String> = []
        inspection.at(PassStyle.posterGeneric) { inspection in
            if content["transitType"] != nil {
                inspection.record(
                    .error, at: "transitType", "Only a boarding pass has a means of transport.",
                    "Remove \"transitType\".")
            }
            for group in FieldGroup.allCases {
                guard let fields = content[group.rawValue] else { continue }
                inspection.at(group.rawValue) { inspection in
                    inspection.forEach(of: fields) { inspection, _, field in
                        guard case .object(let field) = field else { return }
                        checkUniqueKey(field, &keys, &inspection)
                        FieldRules.check(field, group, .generic, &inspection)
                    }
                }
            }
        }
    }
}
