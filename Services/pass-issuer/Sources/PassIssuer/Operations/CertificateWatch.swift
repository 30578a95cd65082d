import Contracts
import Cryptography
import HTTPTypes
import ServiceKit

/// Watches the ends of pass type certificates: the days that are left as a metric, and a line in the log at each
/// milestone, once for all replicas and however often they start.
struct CertificateWatch: Sendable {
    let configurations: WalletConfigurationStore
    let milestones: CertificateMilestoneStore
    let metrics: CertificateMetrics
    let logger: Logger
    let clock: @Sendable () -> Instant

    /// How often it looks.
    static let interval = Duration.seconds(60)

    /// Watches until it is cancelled.
    func run() async throws {
        while true {
            do {
                try await look()
            } catch {
                try Task.checkCancellation()
                logger.warning("The ends of certificates were not looked at; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    /// Looks at every certificate once.
    func look() async throws {
        let now = clock()
        var after = ""
        var seen: Set<PassTypeIdentifier> = []
        while true {
            let page = try await configurations.configurations(after: after, limit: 100)
            for case let apple? in page.map(\.apple) {
                guard let certificate = try? Certificate(der: apple.certificate) else { continue }
                seen.insert(apple.passTypeIdentifier)
                try await look(at: certificate, of: apple.passTypeIdentifier, at: now)
            }
            guard let last = page.last else { break }
            after = last.id.rawValue
        }
        metrics.keep(only: seen)
    }

    private func look(at certificate: Certificate, of passType: PassTypeIdentifier, at now: Instant) async throws {
        metrics.set(secondsLeft: certificate.notAfter - now.wholeSeconds, of: passType)
        let milestone = CertificateExpiry.milestone(notAfter: certificate.notAfter, now: now.wholeSeconds)
        guard let milestone,
            try await milestones.reach(milestone, certificate: certificate.sha256, of: passType, at: now)
        else { return }
        let days = CertificateExpiry.daysLeft(notAfter: certificate.notAfter, now: now.wholeSeconds)
        logger.warning(
            days < 0
                ? "A pass type certificate has expired: no pass can be made or changed with it. Renew it."
                : "A pass type certificate expires soon. Renew it: phones refuse what an expired one signs.",
            [
                "passType": "\(passType)", "days": "\(days)", "milestone": "\(milestone)",
                "notAfter": Instant(seconds: certificate.notAfter).rfc3339,
            ])
    }
}
