/// Why a step failed.
public struct SpanFailure: Sendable, Hashable {
    /// One word of a few, for `error.type`.
    public let type: String
    /// A sentence that is safe to log; nil when the word says all.
    public let message: String?

    /// Describes a failure.
    public init(type: String, message: String? = nil) {
        self.type = type
        self.message = message
    }

    /// An error by its type; its own words may be private.
    public init(_ error: any Error) {
        self.init(type: "\(Swift.type(of: error))")
    }
}
