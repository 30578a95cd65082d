import JSON

/// The texts of a pass in one language, as a phone puts them in place of those of pass.json.
struct PassTranslations: Sendable {
    let texts: JSONObject

    /// What phones translate beside the fields.
    private static let keys = ["organizationName", "description", "logoText"]
    private static let fieldKeys = ["label", "value", "attributedValue", "changeMessage"]

    /// A pass.json with its texts in this language.
    func applied(to pass: JSONObject) -> JSONObject {
        var pass = pass
        translate(Self.keys, of: &pass)
        for style in PassStyle.allCases {
            guard case .object(var content)? = pass[style.rawValue] else { continue }
            for (group, fields) in content {
                guard case .array(let fields) = fields else { continue }
                content[group] = .array(fields.map { translated($0, Self.fieldKeys) })
            }
            pass[style.rawValue] = .object(content)
        }
        if case .array(let barcodes)? = pass["barcodes"] {
            pass["barcodes"] = .array(barcodes.map { translated($0, ["altText"]) })
        }
        return pass
    }

    private func translated(_ value: JSONValue, _ keys: [String]) -> JSONValue {
        guard case .object(var object) = value else { return value }
        translate(keys, of: &object)
        return .object(object)
    }

    private func translate(_ keys: [String], of object: inout JSONObject) {
        for key in keys {
            guard case .string(let text)? = object[key], let translation = texts[text] else { continue }
            object[key] = translation
        }
    }
}

extension CampaignContent {
    /// A pass's texts in a language; empty when it has none.
    func translations(of pass: PassContent, into language: String) -> PassTranslations {
        let all = sharedLocalizations + pass.localizations
        return PassTranslations(texts: all.last { $0.language == language }?.translations ?? [:])
    }
}
