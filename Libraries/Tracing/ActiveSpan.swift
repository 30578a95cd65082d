import HTTPTypes

/// A step that is at work, and whether it will be told.
public struct ActiveSpan: Sendable {
    /// The step that the present task works at; nil outside of any trace.
    @TaskLocal public static var current: ActiveSpan?

    /// Its place in the trace.
    public let context: TraceContext
    let parentID: SpanID?
    /// Who is told; nil when nobody is.
    let tracer: Tracer?

    /// Whether it will be told.
    public var isRecorded: Bool { tracer != nil }

    /// Tells that the step has ended, now and after so long.
    public func end(
        _ name: String, _ kind: SpanKind, took duration: Duration, _ attributes: [SpanAttribute],
        failure: SpanFailure? = nil
    ) {
        guard let tracer else { return }
        let end = Instant.now()
        let microseconds = duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
        tracer.tell(
            Span(
                context: context, parentID: parentID, name: name, kind: kind,
                start: Instant(microseconds: end.microseconds - microseconds), end: end, attributes: attributes,
                failure: failure))
    }

    /// Begins a step of the present one; nil when nobody would be told.
    public static func begin(_ name: @autoclosure () -> String, _ kind: SpanKind = .internal) -> OpenSpan? {
        guard let current, let tracer = current.tracer else { return nil }
        let step = ActiveSpan(context: current.context.child, parentID: current.context.spanID, tracer: tracer)
        return OpenSpan(span: step, name: name(), kind: kind)
    }
}
