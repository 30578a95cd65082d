/// What a property of a type holds.
public struct SchemaProperty: Sendable {
    /// What one value is.
    public let value: SchemaValue
    /// Whether it is an array of such values.
    public let isArray: Bool
}
