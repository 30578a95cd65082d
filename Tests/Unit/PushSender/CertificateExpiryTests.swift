import Contracts
import HTTPTypes
import Testing

@testable import PushSender

@Suite struct CertificateExpiryTests {
    private static let now = Instant(seconds: 1_780_000_000)

    @Test(
        "warns by the last of 60, 30, 14, 7 and 1 days that has come",
        arguments: [
            (60.0, CheckState.ok, ""), (59.9, .warning, "60-day"), (30, .warning, "60-day"), (29.5, .warning, "30-day"),
            (13.5, .warning, "14-day"), (6.5, .warning, "7-day"), (1.5, .warning, "7-day"), (0.5, .warning, "1-day"),
            (-0.1, .failed, "ended"),
        ])
    func warns(days: Double, state: CheckState, words: String) {
        let end = Self.now.adding(seconds: Int(days * 86_400))
        let check = CertificateExpiry.check(end, at: Self.now)
        #expect(check.state == state)
        #expect(words.isEmpty || check.detail.contains(words))
        #expect((check.remedy == nil) == (state == .ok))
    }

    @Test("counts whole days, and those since the end as negative", arguments: [(86_400, 1), (86_399, 0), (-1, -1)])
    func counts(seconds: Int, days: Int) {
        #expect(CertificateExpiry.days(until: Self.now.adding(seconds: seconds), at: Self.now) == days)
    }
}
