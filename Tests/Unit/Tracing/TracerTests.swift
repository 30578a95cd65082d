import Synchronization
import Testing

@testable import Tracing

@Suite("Tracer")
struct TracerTests {
    private final class Told: Sendable {
        let spans = Mutex<[Span]>([])
        var all: [Span] { spans.withLock { $0 } }

        func tracer(_ ratio: Double) -> Tracer {
            Tracer(ratio: ratio) { span in self.spans.withLock { $0.append(span) } }
        }
    }

    private static let sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private static let unsampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"

    private static func context(_ text: String) throws -> TraceContext {
        try #require(TraceContext(traceparent: text, tracestate: ["rojo=1"]))
    }

    @Test("switched off, passes on what comes and begins nothing")
    func off() async throws {
        #expect(Tracer.off.span(continuing: nil) == nil)
        let context = try Self.context(Self.sampled)
        let span = try #require(Tracer.off.span(continuing: context))
        #expect(span.context == context && !span.isRecorded)
        await Tracer.off.work("x") { #expect(ActiveSpan.current == nil) }
    }

    @Test(
        "continues a trace with a step of its own, the state unchanged, whatever its own ratio is", arguments: [0.0, 1])
    func continues(_ ratio: Double) async throws {
        let told = Told()
        let context = try Self.context(Self.sampled)
        try await told.tracer(ratio).work("work", .consumer, continuing: context) {
            let current = try #require(ActiveSpan.current)
            #expect(current.context.traceID == context.traceID && current.context.spanID != context.spanID)
            #expect(current.context.state == "rojo=1" && current.context.isSampled)
        }
        let span = try #require(told.all.first)
        #expect(told.all.count == 1 && span.parentID == context.spanID && span.name == "work" && span.kind == .consumer)
    }

    @Test("begins a trace of its own for strangers, whatever they come with", arguments: [true, false])
    func strangers(_ isSampled: Bool) throws {
        let told = Told()
        let context = try Self.context(isSampled ? Self.sampled : Self.unsampled)
        let span = try #require(told.tracer(1).forStrangers.span(continuing: context))
        #expect(span.context.traceID != context.traceID && span.context.state == nil && span.isRecorded)
        #expect(try #require(told.tracer(0).forStrangers.span(continuing: context)).isRecorded == false)
        #expect(Tracer.off.forStrangers.span(continuing: context) == nil)
    }

    @Test("tells nothing of a trace that whoever began it does not record", arguments: [0.0, 1])
    func unsampled(_ ratio: Double) async throws {
        let told = Told()
        let context = try Self.context(Self.unsampled)
        try await told.tracer(ratio).work("work", continuing: context) {
            let current = try #require(ActiveSpan.current)
            #expect(current.context.traceID == context.traceID && !current.context.isSampled)
            #expect(ActiveSpan.begin("step") == nil)
        }
        #expect(told.all.isEmpty)
    }

    @Test(
        "records as many of its own traces as it is told",
        arguments: [(0.0, 0...0), (0.25, 150...350), (1, 1_000...1_000)])
    func ratio(_ ratio: Double, _ range: ClosedRange<Int>) async {
        let told = Told()
        let tracer = told.tracer(ratio)
        for _ in 0..<1_000 {
            await tracer.work("work") {
                #expect(ActiveSpan.current?.context.isSampled == (ActiveSpan.current?.isRecorded))
            }
        }
        #expect(range.contains(told.all.count), "\(told.all.count)")
        #expect(Set(told.all.map(\.context.traceID)).count == told.all.count)
    }

    @Test("puts a step below the one at work, and tells of both with their times")
    func steps() async throws {
        let told = Told()
        await told.tracer(1).work("outer", .internal, [.number("wallet.attempt", 2)]) {
            ActiveSpan.begin("inner", .client)?.end([.text("server.address", "a")])
        }
        let (inner, outer) = (try #require(told.all.first), try #require(told.all.last))
        #expect(inner.name == "inner" && outer.name == "outer" && outer.parentID == nil)
        #expect(inner.parentID == outer.context.spanID && inner.context.traceID == outer.context.traceID)
        #expect(
            inner.attributes == [.text("server.address", "a")] && outer.attributes == [.number("wallet.attempt", 2)])
        #expect(outer.start <= inner.start && inner.start <= inner.end && inner.failure == nil)
    }

    @Test("names a failure by its type, and not in its words, which may be private")
    func failures() async throws {
        struct Private: Error { let person = "Ada" }
        let told = Told()
        await #expect(throws: Private.self) { try await told.tracer(1).work("work") { throw Private() } }
        #expect(try #require(told.all.first).failure == SpanFailure(type: "Private"))
    }
}
