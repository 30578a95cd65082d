import JSON

/// Why a request for a link failed.
public struct LinkFault: Codable, Hashable, Sendable {
    /// What is wrong.
    public var detail: String
    /// Where it is, from the root of the body.
    public var pointer: JSONPointer

    /// Names a fault.
    public init(detail: String, pointer: JSONPointer) {
        self.detail = detail
        self.pointer = pointer
    }
}
