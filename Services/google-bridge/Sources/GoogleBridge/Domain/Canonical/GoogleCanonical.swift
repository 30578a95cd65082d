import Cryptography
import GoogleWalletSchema
import JSON

/// One form for all spellings of a class or an object, so that only what means something else counts as different.
///
/// Google answers in another spelling than it is sent: old words for enums, `kind` in every type, numbers as strings. It
/// also leaves out what says no more than absence does.
package enum GoogleCanonical {
    /// The canonical form of a class or an object: without what Google alone writes and without `notifyPreference`,
    /// which holds for one request only.
    package static func canonical(_ resource: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel) -> JSONObject {
        canonical(resource, as: GoogleSchema.type(kind, level))
    }

    /// SHA-256 of the canonical form, in hexadecimal digits.
    package static func hash(_ resource: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel) -> String {
        Hex.encode(SHA256.digest(JSONValue.object(canonical(resource, kind, level)).serialized()))
    }

    private static func canonical(_ object: JSONObject, as type: SchemaType) -> JSONObject {
        var result = JSONObject()
        for (key, value) in object where !type.platform.contains(key) && key != "notifyPreference" {
            guard let property = type.properties[key] else {
                result[key] = value
                continue
            }
            result[key] = member(value, property, key)
        }
        return result
    }

    /// The canonical form of a member; nil when it says nothing.
    private static func member(_ value: JSONValue, _ property: SchemaProperty, _ key: String) -> JSONValue? {
        guard property.isArray, case .array(var elements) = value else { return one(value, property.value, key) }
        elements = elements.map { one($0, property.value, key) ?? .object([:]) }
        if key == "translatedValues" {
            elements.sort { ($0["language"]?.stringValue ?? "") < ($1["language"]?.stringValue ?? "") }
        }
        return elements.isEmpty ? nil : .array(elements)
    }

    private static func one(_ value: JSONValue, _ expected: SchemaValue, _ key: String) -> JSONValue? {
        switch (expected, value) {
        case (_, .null), (_, .bool(false)), (_, .string("")):
            return nil
        case (.enumeration(let values), .string(let word)):
            return canonical(word, values, key)
        case (.object(let name), .object(let object)):
            guard let type = GoogleSchema.type(named: name) else { return value }
            let result = canonical(object, as: type)
            return result.isEmpty ? nil : .object(result)
        case (.string(let format), .string(let text)):
            return .string(canonical(text, format))
        case (.int64, .number(let number)):
            return .string(number.text)
        case (.int32, .string(let text)), (.double, .string(let text)):
            return .number(ExactDecimal(text)?.number ?? JSONNumber(0))
        case (.int32, .number(let number)), (.double, .number(let number)):
            return .number(ExactDecimal(number)?.number ?? number)
        default:
            return value
        }
    }

    private static func canonical(_ word: String, _ values: SchemaEnum, _ key: String) -> JSONValue? {
        let current = values.canonical(word) ?? word
        if SchemaEnum.isUnspecified(current) { return nil }
        // Google approves what is under review, at once.
        return .string(key == "reviewStatus" && current == "APPROVED" ? "UNDER_REVIEW" : current)
    }

    private static func canonical(_ text: String, _ format: SchemaFormat?) -> String {
        switch format {
        case .colour: HexColour.hex(text) ?? text.lowercased()
        case .dateTime, .localDateTime, .offsetDateTime: GoogleDateTime(text)?.inUTC.text ?? text
        default: text
        }
    }
}

extension ExactDecimal {
    /// The number in one spelling, without an exponent.
    var number: JSONNumber? {
        let fraction = fractionDigits
        let text = (isNegative ? "-" : "") + wholeDigits + (fraction.isEmpty ? "" : "." + fraction)
        return JSONNumber(text: text)
    }
}
