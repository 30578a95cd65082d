import JSON

/// A value of the content and where it stands.
struct Found: Sendable {
    /// The value.
    let value: JSONValue
    /// Where it stands in the message.
    let source: JSONPointer
    /// The field that shows it, as an index of the content's fields.
    let field: Int?
    /// Whether it is the field's own value, which has the field's styles; a semantic tag has none.
    let isFieldValue: Bool
}
