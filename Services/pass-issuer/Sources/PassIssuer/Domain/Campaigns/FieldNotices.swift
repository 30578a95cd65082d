import JSON

/// Finds fields whose change people will not notice: iOS shows a notice for a changed field only with a `changeMessage`.
enum FieldNotices {
    /// The same for two versions of a campaign, whose values are what their author wrote.
    static func warnings(from old: Campaign, to new: Campaign) -> [String] {
        warnings(from: old.definition.pass, to: new.definition.pass)
    }

    /// A sentence for each field whose value differs between two contents and that has no `changeMessage`.
    static func warnings(from old: JSONObject, to new: JSONObject) -> [String] {
        var warnings: [String] = []
        for style in PassStyle.allCases {
            for group in FieldGroup.allCases {
                let before = fields(old, style, group)
                for field in fields(new, style, group) {
                    guard let was = before.first(where: { $0["key"] == field["key"] }), was["value"] != field["value"],
                        !(field["changeMessage"]?.stringValue ?? "").contains("%@")
                    else { continue }
                    warnings.append(
                        "The value of \"\(field["key"]?.stringValue ?? "")\" changed and the field has no `changeMessage` "
                            + "with %@: phones show the new value, and no notice of it.")
                }
            }
        }
        return warnings
    }

    private static func fields(_ pass: JSONObject, _ style: PassStyle, _ group: FieldGroup) -> [JSONValue] {
        pass[style.rawValue]?[group.rawValue]?.arrayValue ?? []
    }
}
