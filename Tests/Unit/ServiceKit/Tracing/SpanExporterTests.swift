import Foundation
import HTTPServer
import HTTPTypes
import Support
import Testing

@testable import ServiceKit
@testable import Tracing

@Suite("Exporter of spans")
struct SpanExporterTests {
    private struct Stage: Sendable {
        let exporter: SpanExporter
        let metrics = Metrics()

        init(_ url: String, _ more: [String: String] = [:]) throws {
            var settings = Settings(
                environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": url].merging(more) { $1 })
            let tracing = try #require(TracingSettings(&settings))
            #expect(settings.faults.isEmpty)
            exporter = SpanExporter(
                settings: tracing, service: "tester", instruments: SpanInstruments(metrics),
                logger: Logger(service: "tester", level: .error))
        }

        func tell(_ count: Int) {
            for number in 0..<count {
                exporter.tracer.span(continuing: nil)?.end("step \(number)", .internal, took: .zero, [])
            }
        }

        func count(_ result: String) -> Double? {
            let name = "wallet_trace_spans_total{result=\"\(result)\"} "
            return metrics.text().split(separator: "\n").first { $0.hasPrefix(name) }
                .flatMap { Double($0.dropFirst(name.count)) }
        }

        /// Exports while the body runs.
        func running(_ body: () async throws -> Void) async throws {
            let task = Task { await exporter.run() }
            defer { task.cancel() }
            try await body()
        }
    }

    @Test("sends what comes in batches, as JSON and with the fields of the settings")
    func batches() async throws {
        let collector = try TraceCollector()
        let stage = try Stage(
            collector.url + "/", ["OTEL_EXPORTER_OTLP_HEADERS": "api-key=a%20secret, x-tenant=wallet"])
        try await stage.running {
            stage.tell(SpanExporter.batch + 10)
            // The collector has them before the exporter has its answer.
            try await eventually("all answers") { stage.count("exported") == Double(SpanExporter.batch + 10) }
        }
        #expect(collector.requests.count == 2 && collector.spans.count == SpanExporter.batch + 10)
        let request = try #require(collector.requests.first)
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.headers["api-key"] == "a secret" && request.headers["x-tenant"] == "wallet")
        #expect(request.headers["traceparent"] == nil)
        #expect(stage.count("dropped") == 0)
        #expect(Set(collector.spans.map(\.service)) == ["tester"])
        await collector.stop()
    }

    @Test("keeps a batch while the collector is not there, and sends it when it is")
    func comesLater() async throws {
        let port = try FreePorts.take()
        let stage = try Stage("http://127.0.0.1:\(port)")
        try await stage.running {
            stage.tell(3)
            // Long enough that one attempt has failed: what it leaves is a pause.
            try await eventually("an attempt") { await stage.exporter.failures > 0 }
            let collector = try TraceCollector(port: port)
            try await eventually("the answer") { stage.count("exported") == 3 }
            #expect(collector.spans.count == 3)
            await collector.stop()
        }
    }

    @Test("drops what a collector that does not answer leaves no room for, and holds up nobody")
    func slow() async throws {
        let collector = try TraceCollector()
        collector.answer { _ in
            try? await Task.sleep(for: .seconds(60))
            return HTTPResponse(.ok)
        }
        let stage = try Stage(collector.url)
        try await stage.running {
            stage.tell(10)
            try await eventually("a call") { !collector.requests.isEmpty }
            let start = ContinuousClock.now
            stage.tell(SpanQueue.capacity + 100)
            #expect(start.duration(to: .now) < .seconds(5))
            #expect(stage.count("dropped") == 100)
        }
        let start = ContinuousClock.now
        await stage.exporter.finish(within: .milliseconds(300))
        #expect(start.duration(to: .now) < .seconds(8))
        #expect(stage.count("dropped") == Double(SpanQueue.capacity + 110) && stage.count("exported") == 0)
        await collector.stop()
    }

    @Test("tries again what a collector can't take now, and not what it refuses")
    func answers() async throws {
        let collector = try TraceCollector()
        let stage = try Stage(collector.url)
        collector.answer { _ in
            HTTPResponse(collector.requests.count == 1 ? .serviceUnavailable : .ok, headers: ["Retry-After": "1"])
        }
        try await stage.running {
            stage.tell(2)
            try await eventually("the second attempt") { stage.count("exported") == 2 }
            collector.answer { _ in HTTPResponse(.badRequest) }
            stage.tell(4)
            try await eventually("the refusal") { stage.count("refused") == 4 }
            collector.answer { _ in
                HTTPResponse(.ok, body: .bytes(Array(#"{"partialSuccess":{"rejectedSpans":"1"}}"#.utf8)))
            }
            stage.tell(5)
            try await eventually("the rest") { stage.count("exported") == 6 && stage.count("refused") == 5 }
        }
        #expect(collector.requests.count == 4)
        await collector.stop()
    }

    @Test("sends at its end what is left")
    func finish() async throws {
        let collector = try TraceCollector()
        let stage = try Stage(collector.url)
        stage.tell(SpanExporter.batch * 2 + 1)
        await stage.exporter.finish(within: .seconds(10))
        #expect(collector.spans.count == SpanExporter.batch * 2 + 1)
        #expect(stage.count("exported") == Double(SpanExporter.batch * 2 + 1) && stage.count("dropped") == 0)
        await collector.stop()
    }

    @Test("sends nothing at a ratio of 0")
    func ratio() async throws {
        let collector = try TraceCollector()
        let stage = try Stage(collector.url, ["OTEL_TRACES_SAMPLER_ARG": "0"])
        stage.tell(100)
        await stage.exporter.finish(within: .seconds(10))
        #expect(collector.requests.isEmpty)
        await collector.stop()
    }

    @Test(
        "settings that can't be used are faults",
        arguments: [
            (["OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318"], "OTEL_EXPORTER_OTLP_ENDPOINT"),
            (["OTEL_TRACES_SAMPLER_ARG": "1.5"], "OTEL_TRACES_SAMPLER_ARG"),
            (["OTEL_EXPORTER_OTLP_HEADERS": "s3cret"], "OTEL_EXPORTER_OTLP_HEADERS"),
            (["OTEL_EXPORTER_OTLP_HEADERS": "a=%zz"], "OTEL_EXPORTER_OTLP_HEADERS"),
        ])
    func faults(_ environment: [String: String], _ name: String) {
        var settings = Settings(environment: environment)
        _ = TracingSettings(&settings)
        #expect(settings.faults.map(\.name) == [name] && !"\(settings.faults)".contains("s3cret"))
    }
}
