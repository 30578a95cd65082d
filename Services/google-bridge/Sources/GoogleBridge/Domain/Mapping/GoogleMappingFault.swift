import HTTPTypes
import JSON

/// What Google would refuse, where it stands in the message, and how to mend it.
package struct GoogleMappingFault: Hashable, Sendable {
    /// Where, from the root of the message; below `/override` for a patch that google-bridge's admin stored.
    package let pointer: JSONPointer
    /// What is wrong, as a sentence.
    package let reason: String
    /// What to do about it, as a sentence.
    package let remedy: String

    /// A fault at a place.
    package init(_ pointer: JSONPointer, _ reason: String, _ remedy: String) {
        self.pointer = pointer
        self.reason = reason
        self.remedy = remedy
    }

    /// The fault in a problem's answer.
    package var problemError: ProblemError {
        ProblemError(pointer: pointer.description, detail: reason + " " + remedy)
    }
}

extension GoogleMappingFault: CustomStringConvertible {
    /// The place, the reason and the remedy.
    package var description: String { "\(pointer): \(reason) \(remedy)" }
}
