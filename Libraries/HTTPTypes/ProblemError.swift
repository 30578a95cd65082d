/// One fault of a request's body.
public struct ProblemError: Codable, Sendable, Hashable {
    /// A JSON Pointer (RFC 6901) into the request's body.
    public let pointer: String
    /// What is wrong there, in words for the caller.
    public let detail: String

    /// Names a fault.
    public init(pointer: String, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }
}
