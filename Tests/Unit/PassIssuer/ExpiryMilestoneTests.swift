import Testing

@testable import PassIssuer

@Suite struct ExpiryMilestoneTests {
    static let day = 86_400

    @Test(
        "reaches each milestone on its day",
        arguments: [
            (61 * day, nil), (60 * day, nil), (60 * day - 1, 60), (30 * day, 60), (30 * day - 1, 30),
            (14 * day - 1, 14),
            (7 * day - 1, 7), (day, 7), (day - 1, 1), (0, 1), (-1, 1), (-9 * day, 1),
        ] as [(Int, Int?)])
    func milestones(secondsLeft: Int, milestone: Int?) {
        #expect(CertificateExpiry.milestone(notAfter: 1_000_000_000 + secondsLeft, now: 1_000_000_000) == milestone)
    }

    @Test(
        "counts whole days, and those after the end as negative",
        arguments: [(day, 1), (day - 1, 0), (-1, -1), (-day, -1), (-day - 1, -2)])
    func days(secondsLeft: Int, days: Int) {
        #expect(CertificateExpiry.daysLeft(notAfter: 1_000_000_000 + secondsLeft, now: 1_000_000_000) == days)
    }

    @Test(
        "warns from the first milestone on, and says after the end that it has come",
        arguments: [
            (61 * day, nil), (59 * day, "expires in 59 days"), (29 * day, "expires in 29 days"),
            (day, "expires in 1 day,"), (day / 2, "expires within a day"), (-1, "expired on"),
            (-9 * day, "expired on"),
        ] as [(Int, String?)])
    func warnings(secondsLeft: Int, words: String?) {
        let warning = CertificateExpiry.warning(notAfter: 1_000_000_000 + secondsLeft, now: 1_000_000_000)
        #expect((warning == nil) == (words == nil))
        if let words { #expect(warning?.contains(words) == true, "\(warning ?? "")") }
    }
}
