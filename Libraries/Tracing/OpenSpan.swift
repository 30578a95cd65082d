/// A step that has begun.
public struct OpenSpan: Sendable {
    private let span: ActiveSpan
    private let name: String
    private let kind: SpanKind
    private let start = ContinuousClock.now

    init(span: ActiveSpan, name: String, kind: SpanKind) {
        self.span = span
        self.name = name
        self.kind = kind
    }

    /// What calls made by this step carry.
    public var context: TraceContext { span.context }

    /// Ends it.
    public func end(_ attributes: [SpanAttribute] = [], failure: SpanFailure? = nil) {
        span.end(name, kind, took: start.duration(to: .now), attributes, failure: failure)
    }
}
