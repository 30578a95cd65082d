import ServiceKit
import Support
import Testing

@testable import GoogleBridge

@Suite("Metrics of the pace")
struct PaceMetricsTests {
    @Test("tell the limit, and how long calls waited for their place by who waits")
    func waits() throws {
        let metrics = Metrics()
        let pace = PaceMetrics(metrics, ratePerSecond: 20)
        pace.observe(0.5, of: .request)
        pace.observe(-0.1, of: .queue)
        let samples = try PrometheusText(metrics.text()).samples
        #expect(samples.first { $0.name == "wallet_google_pace_calls_per_second" }?.value == 20)
        let sums = samples.filter { $0.name == "wallet_google_pace_wait_seconds_sum" }
        #expect(
            Dictionary(uniqueKeysWithValues: sums.map { ($0.labels["caller"], $0.value) }) == [
                "request": 0.5, "queue": 0,
            ])
    }
}
