import HTTPTypes

/// A step of a trace that has ended.
public struct Span: Sendable {
    /// Its place in the trace.
    public let context: TraceContext
    /// The step above it; nil for the first one.
    public let parentID: SpanID?
    /// One name of a few.
    public let name: String
    /// Its part in the trace.
    public let kind: SpanKind
    /// When it began.
    public let start: Instant
    /// When it ended.
    public let end: Instant
    /// What is told of it.
    public let attributes: [SpanAttribute]
    /// Why it failed; nil when it did not.
    public let failure: SpanFailure?
}
