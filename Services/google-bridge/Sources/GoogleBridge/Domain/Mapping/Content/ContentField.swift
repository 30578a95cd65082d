import JSON

/// One field of the content.
struct ContentField: Sendable {
    /// Where it stands on the pass.
    let group: ContentGroup
    /// Its place in the message: `/pass/generic/primaryFields/0`.
    let pointer: JSONPointer
    /// What it consists of.
    let members: JSONObject
    /// Its key.
    let key: String
    /// Its key in letters and digits of lower case alone: what it seems to be about.
    let subject: String
    /// What text modules and links that are made of it are called.
    let moduleID: String

    /// Reads a field; nil when it is no object with a key.
    init?(_ value: JSONValue, _ group: ContentGroup, _ pointer: JSONPointer) {
        guard let members = value.objectValue, let key = members["key"]?.stringValue else { return nil }
        self.group = group
        self.pointer = pointer
        self.members = members
        self.key = key
        subject = Self.subject(key)
        moduleID = EscapedText.escaped(key)
    }

    /// What it shows.
    var value: JSONValue { members["value"] ?? .null }
    /// Where its value stands.
    var valuePointer: JSONPointer { pointer.appending("value") }
    /// Where the text stands that it shows: its value, or on the back the value with markup.
    var shownPointer: JSONPointer {
        let hasMarkup = group.isTouchable && members["attributedValue"]?.stringValue != nil
        return hasMarkup ? pointer.appending("attributedValue") : valuePointer
    }
    /// Its label, when it has one.
    var label: String? { members["label"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
    /// Where its label stands.
    var labelPointer: JSONPointer { pointer.appending("label") }
    /// The currency of its value.
    var currencyCode: String? { members["currencyCode"]?.stringValue }
    /// Whether its value is a date, which pass.json says by a style.
    var isDate: Bool { members["dateStyle"] != nil || members["timeStyle"] != nil }
    /// The style of its date.
    var dateStyle: DateStyle { members["dateStyle"]?.stringValue.flatMap(DateStyle.init) ?? .none }
    /// The style of its time.
    var timeStyle: DateStyle { members["timeStyle"]?.stringValue.flatMap(DateStyle.init) ?? .none }
    /// What is said when its value changes.
    var changeMessage: String? { members["changeMessage"]?.stringValue }

    /// How its number is shown.
    var numberStyle: NumberText.Style {
        if let currencyCode { return .currency(currencyCode) }
        return switch members["numberStyle"]?.stringValue {
        case "PKNumberStylePercent": .percent
        case "PKNumberStyleDecimal": .decimal
        default: .plain
        }
    }

    private static func subject(_ key: String) -> String {
        var bytes: [UInt8] = []
        for byte in key.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            default: break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
