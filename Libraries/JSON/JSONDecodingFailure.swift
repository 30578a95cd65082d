/// Why a JSON value does not have the shape of a type: one fault at least.
public struct JSONDecodingFailure: Error, Sendable, Hashable {
    /// The faults, in the order in which they were found.
    public let faults: [Fault]

    /// Makes a failure of several faults.
    public init(faults: [Fault]) {
        self.faults = faults
    }

    /// Makes a failure of one fault.
    public init(pointer: JSONPointer, detail: String) {
        self.init(faults: [Fault(pointer: pointer, detail: detail)])
    }

    /// One thing that is wrong.
    public struct Fault: Sendable, Hashable {
        /// Where it is, or for a missing key where it should be.
        public let pointer: JSONPointer
        /// What it is, for the person who wrote the document.
        public let detail: String

        /// Makes a fault.
        public init(pointer: JSONPointer, detail: String) {
            self.pointer = pointer
            self.detail = detail
        }
    }
}

extension JSONDecodingFailure: CustomStringConvertible {
    /// Every fault with its place.
    public var description: String {
        faults.map { "\($0.pointer.tokens.isEmpty ? "the document" : $0.pointer.description): \($0.detail)" }
            .joined(separator: "; ")
    }
}
