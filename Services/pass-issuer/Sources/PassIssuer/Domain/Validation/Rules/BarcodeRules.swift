import JSON

/// Barcodes that phones can draw.
enum BarcodeRules {
    static func check(_ pass: JSONObject, _ inspection: inout Inspection) {
        inspection.at("barcodes") { inspection in
            inspection.forEach(of: pass["barcodes"]) { inspection, _, barcode in
                checkBarcode(barcode, &inspection)
            }
        }
        guard let barcode = pass["barcode"] else { return }
        inspection.at("barcode") { inspection in
            checkBarcode(barcode, &inspection)
            if pass["barcodes"] == nil {
                inspection.warn("\"barcode\" is deprecated.", "Use \"barcodes\", an array, instead.")
            }
            if let format = format(of: barcode, inspection), !format.isLegalInSingular {
                inspection.record(
                    .error, at: "format", "\(format.rawValue) is not allowed in \"barcode\".",
                    "Move the barcode to \"barcodes\".")
            }
        }
    }

    private static func format(of barcode: JSONValue, _ inspection: Inspection) -> BarcodeFormat? {
        inspection.read(barcode["format"]).string.flatMap(BarcodeFormat.init)
    }

    /// Checks what the keys of one barcode demand of each other.
    static func checkBarcode(_ barcode: JSONValue, _ inspection: inout Inspection) {
        let format = format(of: barcode, inspection)
        if let format, let release = format.requiresIOS {
            inspection.at("format") { inspection in
                inspection.warn(
                    "\(format.rawValue) is drawn from iOS \(release) on.",
                    "Older phones draw the next barcode that they know: add one with PKBarcodeFormatQR behind it.",
                    requiresIOS: release, effect: .drawsAnotherBarcode)
            }
        }
        guard let message = inspection.read(barcode["message"]).string else {
            checkEncoding(barcode, nil, &inspection)
            return
        }
        checkEncoding(barcode, message, &inspection)
        if let format, let rule = format.messageRule, !format.canCarry(message) {
            inspection.record(
                .warning, at: "message", "\(format.rawValue) can't carry this message.", "It takes \(rule).",
                effect: .drawsAnotherBarcode)
        }
        if let format { checkLength(of: message, format, &inspection) }
    }

    private static func checkLength(
        of message: String, _ format: BarcodeFormat, _ inspection: inout Inspection
    ) {
        let length = message.utf8.count
        if length > format.capacity {
            inspection.record(
                .error, at: "message",
                "The message has \(length) bytes; \(format.rawValue) carries \(format.capacity).",
                "Shorten it to \(format.capacity) bytes, better to \(format.scannableLength).",
                effect: .drawsAnotherBarcode)
        } else if length > format.scannableLength {
            inspection.record(
                .warning, at: "message",
                "The message has \(length) bytes; on a phone's screen \(format.rawValue) is hard to scan from "
                    + "\(format.scannableLength) on.", "Shorten it, for example to a code that your system looks up.",
                effect: .showsAnyway)
        }
    }

    private static func checkEncoding(_ barcode: JSONValue, _ message: String?, _ inspection: inout Inspection) {
        guard let name = inspection.read(barcode["messageEncoding"]).string, !name.isEmpty else { return }
        guard let encoding = MessageEncoding(name: name) else {
            inspection.record(
                .warning, at: "messageEncoding", "The character set \(inspection.shown(name)) isn't known here.",
                "Use iso-8859-1, or utf-8 when the message needs it.")
            return
        }
        if let message, let scalar = encoding.firstUnencodable(in: message) {
            let code = String(scalar.value, radix: 16, uppercase: true)
            inspection.record(
                .error, at: "message",
                "The message holds U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code), which \(name) "
                    + "does not have.",
                "Set \"messageEncoding\" to utf-8.", effect: .drawsAnotherBarcode)
        }
    }
}
