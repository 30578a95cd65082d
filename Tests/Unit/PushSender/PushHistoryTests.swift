import Contracts
import HTTPTypes
import Testing

@testable import PushSender

@Suite struct PushHistoryTests {
    private func push(_ queuedAt: Int, _ endedAt: Int?, reason: String? = nil, attempts: Int = 1) -> PushHistory {
        PushHistory(
            queuedAt: Instant(seconds: queuedAt), endedAt: endedAt.map { Instant(seconds: $0) }, attempts: attempts,
            apnsID: "id-\(queuedAt)", reason: reason)
    }

    @Test("tells the steps of all pushes, oldest first")
    func order() {
        let events = PushHistory.events(
            of: [push(30, nil), push(10, 40, reason: "Unregistered"), push(20, 20)], limit: 100)
        #expect(events.map(\.kind) == [.pushQueued, .pushQueued, .pushAccepted, .pushQueued, .pushRejected])
        #expect(events.map(\.at.wholeSeconds) == [10, 20, 20, 30, 40])
    }

    @Test("keeps the newest steps")
    func limit() {
        let events = PushHistory.events(of: [push(10, 40), push(20, 30)], limit: 2)
        #expect(events.map(\.at.wholeSeconds) == [30, 40])
    }

    @Test("says why APNs refused a push, after how many attempts, and which it was")
    func details() throws {
        let ending = try #require(push(10, 20, reason: "Unregistered", attempts: 3).events.last)
        for word in ["Unregistered", "3 attempts", "id-10"] { #expect(ending.detail.contains(word)) }
        let accepted = try #require(push(10, 20).events.last)
        for word in ["1 attempt)", "id-10"] { #expect(accepted.detail.contains(word)) }
    }

    @Test("says why a push still waits")
    func waiting() {
        let events = push(10, nil, reason: "ServiceUnavailable", attempts: 2).events
        #expect(events.map(\.kind) == [.pushQueued])
        #expect(events[0].detail.contains("ServiceUnavailable"))
    }
}
