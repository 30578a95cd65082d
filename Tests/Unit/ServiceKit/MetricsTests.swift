import Foundation
import ServiceKit
import Support
import Testing

@Suite("Metrics")
struct MetricsTests {
    @Test("writes counters, gauges and histograms as the format's specification does")
    func text() throws {
        let metrics = Metrics()
        let requests = metrics.counter("requests_total", help: "Requests.", labels: ["method", "code"])
        requests.increment("post", "200")
        requests.increment(by: 1026, "post", "200")
        requests.increment(by: 3, "post", "400")
        metrics.gauge("temperature", help: "Degrees.").set(-3.5)
        let sizes = metrics.histogram("size_bytes", help: "Sizes.", bounds: [1, 2.5, 10])
        for size in [0.5, 1, 2, 2.5, 3, 100] { sizes.observe(size) }
        #expect(
            metrics.text() == """
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{method="post",code="200"} 1027
                requests_total{method="post",code="400"} 3
                # HELP size_bytes Sizes.
                # TYPE size_bytes histogram
                size_bytes_bucket{le="1"} 2
                size_bytes_bucket{le="2.5"} 4
                size_bytes_bucket{le="10"} 5
                size_bytes_bucket{le="+Inf"} 6
                size_bytes_sum 109
                size_bytes_count 6
                # HELP temperature Degrees.
                # TYPE temperature gauge
                temperature -3.5

                """)
    }

    @Test(
        "escapes label values and help so that they are read back as they were",
        arguments: ["plain", "a\"b", "back\\slash", "line\nbreak", "\\n", "}{,=\"", "ü🎟", ""])
    func escaping(_ text: String) throws {
        let metrics = Metrics()
        metrics.counter("seen_total", help: "Seen \(text)", labels: ["what"]).increment(text)
        let parsed = try PrometheusText(metrics.text())
        #expect(parsed.samples.map(\.labels) == [["what": text]])
        #expect(parsed.help["seen_total"] == "Seen " + text)
    }

    @Test(
        "writes numbers that are no numbers",
        arguments: [(Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN")])
    func notFinite(_ value: Double, _ expected: String) {
        let metrics = Metrics()
        metrics.gauge("odd", help: "Odd.").set(value)
        #expect(metrics.text().hasSuffix("odd \(expected)\n"))
    }

    @Test("gives the same metric to whoever asks for it again")
    func again() throws {
        let metrics = Metrics()
        metrics.counter("seen_total", help: "Seen.").increment()
        metrics.counter("seen_total", help: "Seen.").increment()
        #expect(try PrometheusText(metrics.text()).value("seen_total") == 2)
    }

    @Test("no longer tells of what was taken away")
    func removal() {
        let metrics = Metrics()
        let depth = metrics.gauge("depth", help: "Depth.", labels: ["queue"])
        depth.set(1, "a")
        depth.set(2, "b")
        depth.remove("a")
        depth.remove("c")
        #expect(metrics.text() == "# HELP depth Depth.\n# TYPE depth gauge\ndepth{queue=\"b\"} 2\n")
    }

    @Test("reads what others count when it is asked")
    func reading() throws {
        let metrics = Metrics()
        let started = ContinuousClock.now
        metrics.reading("elapsed_seconds", help: "Elapsed.") { started.duration(to: .now) / .seconds(1) }
        let first = try #require(try PrometheusText(metrics.text()).value("elapsed_seconds"))
        let second = try #require(try PrometheusText(metrics.text()).value("elapsed_seconds"))
        #expect(second > first)
    }

    @Test("loses nothing when many threads count")
    func parallel() async throws {
        let metrics = Metrics()
        let counter = metrics.counter("seen_total", help: "Seen.", labels: ["by"])
        let histogram = metrics.histogram("took_seconds", help: "Took.")
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        counter.increment(String(task % 2))
                        histogram.observe(.milliseconds(3))
                    }
                }
            }
        }
        let parsed = try PrometheusText(metrics.text())
        #expect(parsed.samples.filter { $0.name == "seen_total" }.map(\.value) == [4_000, 4_000])
        #expect(parsed.value("took_seconds_count") == 8_000)
    }
}
