import JSON

/// A part of a class or an object that is otherwise at Google than it should be.
package struct GoogleDifference: Hashable, Sendable {
    /// Where, from the root of the class or the object.
    package let pointer: JSONPointer
    /// What should be there.
    package let wanted: JSONValue?
    /// What was written there last.
    package let pushed: JSONValue?
    /// What is there.
    package let remote: JSONValue?
    /// Whose change it is.
    package let origin: Origin

    /// Whose change a difference is.
    package enum Origin: String, Sendable {
        /// Ours: it has changed since it was written.
        case us
        /// Somebody else's: it is not as it was written.
        case console
    }
}
