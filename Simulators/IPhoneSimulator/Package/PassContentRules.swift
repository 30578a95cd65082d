import JSON

/// The rules of pass.json whose breach makes a phone refuse the whole pass.
enum PassContentRules {
    static let styles = ["boardingPass", "coupon", "eventTicket", "generic", "storeCard"]
    static let fieldGroups = [
        "headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields", "additionalInfoFields",
    ]
    private static let transitTypes = ["Air", "Boat", "Bus", "Generic", "Train"].map { "PKTransitType\($0)" }

    static func check(_ pass: JSONValue) throws(PhoneRefusal) {
        let present = styles.filter { pass[$0] != nil }
        guard present.count == 1, let style = present.first, let content = pass[style] else {
            throw .content("it has \(present.count) styles instead of one")
        }
        guard content.objectValue != nil else { throw .content("\(style) is no object") }
        try checkTransit(content, of: style)
        try checkFields(of: content)
        for key in ["expirationDate", "relevantDate"] {
            guard let value = pass[key] else { continue }
            guard let text = value.stringValue, isDate(text) else {
                throw .content("\(key) is no W3C date with a zone")
            }
        }
        for barcode in (pass["barcodes"]?.arrayValue ?? []) + (pass["barcode"].map { [$0] } ?? []) {
            for key in ["format", "message", "messageEncoding"] where barcode[key]?.stringValue == nil {
                throw .content("a barcode has no \(key)")
            }
        }
    }

    private static func checkTransit(_ content: JSONValue, of style: String) throws(PhoneRefusal) {
        if style == "boardingPass" {
            guard let type = content["transitType"]?.stringValue, transitTypes.contains(type) else {
                throw .content("a boarding pass needs a transitType")
            }
        } else if content["transitType"] != nil {
            throw .content("transitType is for boarding passes")
        }
    }

    private static func checkFields(of content: JSONValue) throws(PhoneRefusal) {
        var keys: Set<String> = []
        for group in fieldGroups {
            guard let value = content[group] else { continue }
            guard let fields = value.arrayValue else { throw .content("\(group) is no array") }
            for field in fields {
                guard let key = field["key"]?.stringValue, !key.isEmpty else {
                    throw .content("a field of \(group) has no key")
                }
                guard keys.insert(key).inserted else { throw .content("the field key \(key) is there twice") }
                switch field["value"] {
                case .string, .number: break
                default: throw .content("the field \(key) has no text, number or date as value")
                }
                try checkStyledDate(field, key: key)
            }
        }
    }

    private static func checkStyledDate(_ field: JSONValue, key: String) throws(PhoneRefusal) {
        guard field["dateStyle"] != nil || field["timeStyle"] != nil else { return }
        guard let text = field["value"]?.stringValue, isDate(text) else {
            throw .content("the field \(key) has a date style and no W3C date with a zone")
        }
    }

    /// `YYYY-MM-DDThh:mm[:ss]` with `Z` or `±hh:mm`, and nothing else.
    static func isDate(_ text: String) -> Bool {
        let shape = String(text.map { $0.isASCII && $0.isNumber ? "0" : $0 })
        let clocks = ["0000-00-00T00:00", "0000-00-00T00:00:00"]
        return clocks.contains { clock in ["Z", "+00:00", "-00:00"].contains { shape == clock + $0 } }
    }
}
