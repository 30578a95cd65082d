import HTTPTypes

/// The days that a certificate still has.
enum CertificateExpiry {
    /// Whole days until the end, negative afterwards.
    static func days(until end: Instant, at now: Instant) -> Int {
        Int((end.seconds(since: now) / 86_400).rounded(.down))
    }
}
