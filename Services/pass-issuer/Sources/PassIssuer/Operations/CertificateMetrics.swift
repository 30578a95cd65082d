import Contracts
import ServiceKit
import Synchronization

/// What an operator watches of certificates.
final class CertificateMetrics: Sendable {
    private let days: Gauge
    private let shown = Mutex<Set<PassTypeIdentifier>>([])

    init(_ metrics: Metrics) {
        days = metrics.gauge(
            "wallet_certificate_days", help: "Days until a pass type certificate ends; negative after its end.",
            labels: ["pass_type"])
    }

    /// Takes a new reading.
    func set(secondsLeft: Int, of passType: PassTypeIdentifier) {
        shown.withLock { _ = $0.insert(passType) }
        days.set(Double(secondsLeft) / 86_400, passType.rawValue)
    }

    /// Forgets pass types that are there no more.
    func keep(only passTypes: Set<PassTypeIdentifier>) {
        let gone = shown.withLock { shown in
            let gone = shown.subtracting(passTypes)
            shown.formIntersection(passTypes)
            return gone
        }
        for passType in gone { days.remove(passType.rawValue) }
    }
}
