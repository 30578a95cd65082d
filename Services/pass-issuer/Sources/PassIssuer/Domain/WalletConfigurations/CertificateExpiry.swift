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

    /// Whole days that are left; negative after the end.
    static func daysLeft(notAfter: Int, now: Int) -> Int {
        let seconds = notAfter - now
        return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }
}
