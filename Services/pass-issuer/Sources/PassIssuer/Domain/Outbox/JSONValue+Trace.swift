import JSON
import Tracing

/// The trace that a message was left behind by stands in what is stored of it, beside what it says, and is sent to nobody.
extension JSONValue {
    private static let key = "traceparent"

    /// The stored message with the present trace, when there is one.
    var inPresentTrace: JSONValue {
        guard let context = ActiveSpan.current?.context, case .object(var members) = self else { return self }
        members[Self.key] = .string(context.traceparent)
        return .object(members)
    }

    /// The trace that stands in a stored message.
    var trace: TraceContext? { self[Self.key]?.stringValue.flatMap { TraceContext(traceparent: $0) } }
}
