import Contracts
import HTTPTypes

/// The days that a certificate still has.
enum CertificateExpiry {
    /// Days before the end on which an operator is warned anew.
    static let warningDays = [60, 30, 14, 7, 1]

    /// Whole days until the end, negative afterwards.
    static func days(until end: Instant, at now: Instant) -> Int {
        Int((end.seconds(since: now) / 86_400).rounded(.down))
    }

    /// The check that an operator reads.
    static func check(_ end: Instant, at now: Instant) -> ConfigurationCheck {
        let days = days(until: end, at: now)
        let remedy = "Make a signing request and put the new certificate."
        guard end > now else {
            return ConfigurationCheck(
                name: name, state: .failed, detail: "The certificate ended on \(end.rfc3339).", remedy: remedy)
        }
        guard let warning = warningDays.last(where: { days < $0 }) else {
            return ConfigurationCheck(
                name: name, state: .ok, detail: "The certificate ends in \(days) days, on \(end.rfc3339).")
        }
        let left = days < 1 ? "less than a day" : days == 1 ? "1 day" : "\(days) days"
        return ConfigurationCheck(
            name: name, state: .warning,
            detail: "The certificate ends in \(left), on \(end.rfc3339) (the \(warning)-day warning).", remedy: remedy)
    }

    private static let name = "days to expiry"
}
