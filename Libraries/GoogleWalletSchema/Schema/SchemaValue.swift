/// What a value is.
public enum SchemaValue: Sendable {
    /// A text, narrowed by a format or free.
    case string(SchemaFormat?)
    /// A truth value.
    case boolean
    /// A whole number of 32 bits.
    case int32
    /// A whole number of 64 bits, which Google writes as a string.
    case int64
    /// A number.
    case double(SchemaFormat?)
    /// One of several words.
    case enumeration(SchemaEnum)
    /// An object of a type; it is named, because types contain each other.
    case object(type: String)
}
