/// Begins traces and steps of them, and hands on the ones that are recorded.
public final class Tracer: Sendable {
    /// Begins none; contexts that come from outside are passed on as they came.
    public static let off = Tracer(ratio: 0, isOn: false) { _ in }

    private let isOn: Bool
    /// Whether requests go on with the trace that they come with.
    private let continues: Bool
    /// Traces whose number is below it are recorded.
    private let threshold: UInt64
    private let take: @Sendable (Span) -> Void

    /// Makes a tracer.
    ///
    /// - Parameters:
    ///   - ratio: how many of the traces that begin here are recorded, 0 to 1; for others whoever began them decides.
    ///   - take: takes ended steps; must not block.
    public convenience init(ratio: Double, take: @escaping @Sendable (Span) -> Void) {
        self.init(ratio: ratio, isOn: true, take: take)
    }

    private convenience init(ratio: Double, isOn: Bool, take: @escaping @Sendable (Span) -> Void) {
        self.init(
            isOn: isOn, continues: true, threshold: UInt64(min(max(ratio, 0), 1) * Double(UInt64(1) << 63)), take: take)
    }

    private init(isOn: Bool, continues: Bool, threshold: UInt64, take: @escaping @Sendable (Span) -> Void) {
        self.isOn = isOn
        self.continues = continues
        self.threshold = threshold
        self.take = take
    }

    /// The same for requests of strangers: each begins a trace of its own, whatever it comes with, so that nobody outside
    /// decides what is recorded or joins a trace of somebody else.
    public var forStrangers: Tracer {
        Tracer(isOn: isOn, continues: false, threshold: threshold, take: take)
    }

    /// The step that answers a request, below the one that it came with.
    public func span(continuing context: TraceContext?) -> ActiveSpan? {
        let context = continues ? context : nil
        guard isOn else { return context.map { ActiveSpan(context: $0, parentID: nil, tracer: nil) } }
        guard let context else { return root() }
        return ActiveSpan(
            context: context.child, parentID: context.spanID, tracer: context.isSampled ? self : nil)
    }

    /// Does work that no request waits for, in the trace that it was left behind by, or in one of its own.
    public func work<Result>(
        _ name: @autoclosure () -> String, _ kind: SpanKind = .internal, continuing context: TraceContext? = nil,
        _ attributes: @autoclosure () -> [SpanAttribute] = [], _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard let span = span(continuing: context) else { return try await body() }
        guard span.isRecorded else { return try await ActiveSpan.$current.withValue(span, operation: body) }
        let open = OpenSpan(span: span, name: name(), kind: kind)
        do {
            let result = try await ActiveSpan.$current.withValue(span, operation: body)
            open.end(attributes())
            return result
        } catch {
            open.end(attributes(), failure: SpanFailure(error))
            throw error
        }
    }

    func tell(_ span: Span) { take(span) }

    private func root() -> ActiveSpan {
        let traceID = TraceID.random()
        // The same half of the same number for all services, as OpenTelemetry's TraceIdRatioBased has it.
        let isSampled = traceID.low >> 1 < threshold
        return ActiveSpan(
            context: .root(traceID, isSampled: isSampled), parentID: nil, tracer: isSampled ? self : nil)
    }
}
