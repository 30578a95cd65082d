import JSON

/// A field of a pass that an update changed, as the phone tells its user.
public struct FieldChange: Hashable, Sendable {
    /// The field's key.
    public let key: String
    /// Its label; empty when it has none.
    public let label: String
    /// What stood there; nil when the field is new.
    public let old: String?
    /// What stands there now; nil when the field is gone.
    public let new: String?
    /// What the lock screen says; nil without a `changeMessage`: the change is then silent.
    public let notice: String?

    /// The change in one readable line.
    public var line: String {
        let name = label.isEmpty ? key : "\(key) (\(label))"
        let change = "\(name): \(old ?? "nothing") → \(new ?? "nothing")"
        return notice.map { "\(change), on the lock screen: “\($0)”" } ?? "\(change), without a notice"
    }

    /// The fields whose values differ, in the order of the newer pass, those that are gone last.
    static func changes(from old: JSONValue, to new: JSONValue) -> [FieldChange] {
        let (before, after) = (fields(of: old), fields(of: new))
        let changed = after.compactMap { field -> FieldChange? in
            let known = before.first { $0.key == field.key }
            guard known?.value != field.value else { return nil }
            // A field that was not there before changes nothing that the user knew.
            let notice = known == nil ? nil : field.changeMessage?.replacing("%@", with: field.value)
            return FieldChange(key: field.key, label: field.label, old: known?.value, new: field.value, notice: notice)
        }
        let gone = before.filter { field in !after.contains { $0.key == field.key } }
        return changed
            + gone.map { FieldChange(key: $0.key, label: $0.label, old: $0.value, new: nil, notice: nil) }
    }

    private struct Field {
        let key: String
        let label: String
        let value: String
        let changeMessage: String?
    }

    private static func fields(of pass: JSONValue) -> [Field] {
        let contents = PassContentRules.styles.compactMap { pass[$0] }
        return contents.flatMap { content in PassContentRules.fieldGroups.compactMap { content[$0]?.arrayValue } }
            .joined()
            .compactMap { field in
                guard let key = field["key"]?.stringValue, let value = field["value"] else { return nil }
                return Field(
                    key: key, label: field["label"]?.stringValue ?? "",
                    value: value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self),
                    changeMessage: field["changeMessage"]?.stringValue)
            }
    }
}
