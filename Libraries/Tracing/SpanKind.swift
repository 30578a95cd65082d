/// What part a step has in a trace, by its number in OTLP.
public enum SpanKind: Int, Sendable {
    /// Work within a service.
    case `internal` = 1
    /// An answer to a request.
    case server = 2
    /// A call of another server.
    case client = 3
    /// Work that was left behind by an earlier step.
    case consumer = 5
}
