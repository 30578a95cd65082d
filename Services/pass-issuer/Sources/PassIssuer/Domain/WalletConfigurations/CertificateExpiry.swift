import HTTPTypes

/// How near the end of a certificate is. Installed passes outlive it; new ones and updates don't.
enum CertificateExpiry {
    /// The days before the end on which somebody should hear of it once more.
    static let milestones = [60, 30, 14, 7, 1]

    /// The milestone that has been reached; nil when there is time.
    /// - Parameters:
    ///   - notAfter: the end, in seconds since 1970.
    ///   - now: the present, in seconds since 1970.
    static func milestone(notAfter: Int, now: Int) -> Int? {
        let days = daysLeft(notAfter: notAfter, now: now)
        return milestones.last { days < $0 }
    }

    /// What people are told of a certificate that ends soon or has ended; nil when there is time.
    static func warning(notAfter: Int, now: Int) -> String? {
        guard milestone(notAfter: notAfter, now: now) != nil else { return nil }
        let end = Instant(seconds: notAfter).rfc3339
        let remedy = "Renew it: new passes and updates signed with an expired one are refused by phones."
        switch daysLeft(notAfter: notAfter, now: now) {
        case ..<0: return "The certificate expired on \(end). \(remedy)"
        case 0: return "The certificate expires within a day, on \(end). \(remedy)"
        case 1: return "The certificate expires in 1 day, on \(end). \(remedy)"
        case let days: return "The certificate expires in \(days) days, on \(end). \(remedy)"
        }
    }

    /// Whole days that are left; negative after the end.
    static func daysLeft(notAfter: Int, now: Int) -> Int {
        let seconds = notAfter - now
        return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }
}
