import HTTPTypes
import Testing

@testable import PushSender

@Suite struct SendingWindowTests {
    private static let now = Instant(seconds: 1_780_000_000)

    @Test("doubles with each good round up to its maximum")
    func grows() {
        var window = SendingWindow(maximum: 100)
        #expect(window.size == 32)
        window.record(answered: 10, failed: 0, at: Self.now, jitter: 1)
        #expect(window.size == 64)
        window.record(answered: 60, failed: 60, at: Self.now, jitter: 1)
        #expect(window.size == 100)
        #expect(SendingWindow(maximum: 5).size == 5)
    }

    @Test("rests longer with each bad round, then tries one push")
    func rests() {
        var window = SendingWindow(maximum: 100)
        window.record(answered: 1, failed: 2, at: Self.now, jitter: 1)
        #expect(window.size == 1)
        #expect(window.rests(at: Self.now))
        #expect(!window.rests(at: Self.now.adding(seconds: 1)))
        window.record(answered: 0, failed: 1, at: Self.now.adding(seconds: 1), jitter: 1)
        #expect(window.rests(at: Self.now.adding(seconds: 2)))
        #expect(!window.rests(at: Self.now.adding(seconds: 3)))
        for _ in 0..<20 { window.record(answered: 0, failed: 1, at: Self.now, jitter: 1) }
        #expect(window.rests(at: Self.now.adding(seconds: 29)))
        #expect(!window.rests(at: Self.now.adding(seconds: 30)))
    }

    @Test("goes on at once when a round is good again")
    func recovers() {
        var window = SendingWindow(maximum: 100)
        window.record(answered: 0, failed: 5, at: Self.now, jitter: 1)
        window.record(answered: 1, failed: 0, at: Self.now, jitter: 1)
        #expect(!window.rests(at: Self.now))
        #expect(window.size == 2)
        #expect(window.faults == 0)
    }

    @Test("does not change when nothing was answered")
    func keeps() {
        var window = SendingWindow(maximum: 100)
        window.record(answered: 0, failed: 0, at: Self.now, jitter: 1)
        #expect(window.size == 32)
    }
}
