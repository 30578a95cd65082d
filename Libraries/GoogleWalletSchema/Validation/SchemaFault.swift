import JSON

/// What Google would refuse of a class or an object.
public struct SchemaFault: Hashable, Sendable {
    /// Where, from the root of the value.
    public let pointer: JSONPointer
    /// Which kind of rule is broken.
    public let rule: Rule
    /// What is wrong, as a sentence.
    public let reason: String

    /// The kinds of rules.
    public enum Rule: Hashable, Sendable {
        /// A property that the type does not have.
        case unknown
        /// A value of another type.
        case type
        /// A word that the enum does not have.
        case word
        /// A text or number outside its format.
        case format
        /// Something that must be there is not.
        case required
        /// Two properties that exclude each other, or one without the one that it belongs to.
        case combination
        /// Too much of something.
        case maximum
    }
}

extension SchemaFault: CustomStringConvertible {
    /// The place and the reason.
    public var description: String { "\(pointer): \(reason)" }
}
