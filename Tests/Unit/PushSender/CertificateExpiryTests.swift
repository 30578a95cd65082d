import HTTPTypes
import Testing

@testable import PushSender

@Suite struct CertificateExpiryTests {
    private static let now = Instant(seconds: 1_780_000_000)

    @Test("counts whole days, and those since the end as negative", arguments: [(86_400, 1), (86_399, 0), (-1, -1)])
    func counts(seconds: Int, days: Int) {
        #expect(CertificateExpiry.days(until: Self.now.adding(seconds: seconds), at: Self.now) == days)
    }
}
