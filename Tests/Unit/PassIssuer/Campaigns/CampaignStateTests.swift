import Contracts
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct CampaignStateTests {
    /// A campaign and an instant, both in microseconds from one point in time.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isActivated: Bool
        let endsAt: Int64?
        let endedAt: Int64?
        let now: Int64
        let state: CampaignState

        init(
            _ name: String, isActivated: Bool = true, endsAt: Int64? = nil, endedAt: Int64? = nil, at now: Int64,
            _ state: CampaignState
        ) {
            testDescription = name
            self.isActivated = isActivated
            self.endsAt = endsAt
            self.endedAt = endedAt
            self.now = now
            self.state = state
        }
    }

    private static func instant(_ microseconds: Int64) -> Instant {
        Instant(microseconds: 1_800_000_000_000_000 + microseconds)
    }

    @Test(
        "a campaign is active up to its end, ended from that instant on, and open again with a later end unless forced",
        arguments: [
            Case("just before its end", endsAt: 0, at: -1, .active),
            Case("at its end", endsAt: 0, at: 0, .ended),
            Case("just after its end", endsAt: 0, at: 1, .ended),
            Case("long after its end", endsAt: 0, at: 1_000_000_000_000, .ended),
            Case("with a later end", endsAt: 2, at: 1, .active),
            Case("at the later end", endsAt: 2, at: 2, .ended),
            Case("without an end", at: 1, .active),
            Case("not activated, before its end", isActivated: false, endsAt: 0, at: -1, .draft),
            Case("not activated, at its end", isActivated: false, endsAt: 0, at: 0, .ended),
            Case("not activated, without an end", isActivated: false, at: 0, .draft),
            Case("ended by force", endedAt: -1, at: 0, .ended),
            Case("ended by force before its end", endsAt: 10, endedAt: -1, at: 0, .ended),
            Case("ended by force after its end", endsAt: -2, endedAt: -1, at: 0, .ended),
        ])
    func states(testCase: Case) {
        let state = CampaignState(
            activatedAt: testCase.isActivated ? Self.instant(-1_000_000) : nil,
            endsAt: testCase.endsAt.map(Self.instant), endedAt: testCase.endedAt.map(Self.instant),
            at: Self.instant(testCase.now))
        #expect(state == testCase.state)
    }
}
