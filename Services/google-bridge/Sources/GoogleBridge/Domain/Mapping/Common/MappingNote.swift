import JSON

/// What could not be carried over, where, and why.
struct MappingNote: Hashable, Sendable {
    /// Where, from the root of the message.
    let pointer: JSONPointer
    /// The reason, as a sentence.
    let reason: String

    /// A note about a place.
    init(_ pointer: JSONPointer, _ reason: String) {
        self.pointer = pointer
        self.reason = reason
    }
}

extension MappingNote: CustomStringConvertible {
    /// The place and the reason.
    var description: String { pointer.tokens.isEmpty ? reason : "\(pointer): \(reason)" }
}
