import Cryptography
import ServiceKit
import Tracing

/// How long signatures take, for whoever watches the metrics and for traces.
struct SigningInstruments: Sendable {
    private let seconds: Histogram

    init(_ metrics: Metrics) {
        seconds = metrics.histogram(
            "wallet_signing_seconds", help: "How long the signature of a package takes, in seconds.",
            bounds: [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1])
    }

    /// Makes a signature, and measures how long it takes.
    func measure(_ sign: () throws(CryptographyError) -> [UInt8]) throws(CryptographyError) -> [UInt8] {
        let step = ActiveSpan.begin("sign package")
        let start = ContinuousClock.now
        do throws(CryptographyError) {
            let signature = try sign()
            seconds.observe(start.duration(to: .now))
            step?.end()
            return signature
        } catch {
            step?.end(failure: SpanFailure(error))
            throw error
        }
    }
}
