import HTTPTypes
import Testing

@testable import PushSender

@Suite struct PacingTests {
    private static let start = Instant(seconds: 1_780_000_000)

    private func instant(_ milliseconds: Int) -> Instant {
        Instant(microseconds: Self.start.microseconds + Int64(milliseconds) * 1_000)
    }

    /// How many go out in so many steps of 50 milliseconds.
    private func sent(pace: Int, steps: Int, from pacing: inout Pacing) -> Int {
        (1...steps).reduce(0) { total, step in
            total + pacing.take([Int](repeating: pace, count: 1_000), at: instant(step * 50))
        }
    }

    @Test("lets a pace's number out in a second, and no more", arguments: [1, 3, 10, 100, 5_000])
    func paces(pace: Int) {
        var pacing = Pacing(usedUntil: Self.start)
        let inTenSeconds = sent(pace: pace, steps: 200, from: &pacing)
        #expect((pace * 10 - 1...pace * 10).contains(inTenSeconds))
    }

    /// How many of waiting pushes go out at once, and then after some milliseconds each.
    private func taken(_ takes: [([Int], milliseconds: Int)], from pacing: inout Pacing) -> [Int] {
        takes.map { pacing.take($0.0, at: instant($0.milliseconds)) }
    }

    @Test("does not make up for a pause by more than a quarter of a second and one push")
    func keepsBurstsSmall() {
        var pacing = Pacing(usedUntil: .earliest)
        let many = [Int](repeating: 100, count: 1_000)
        let burst = taken([(many, 0)], from: &pacing)
        #expect(burst == [26])
        pacing = Pacing(usedUntil: .earliest)
        let slow = taken([([1, 1, 1], 0), ([1, 1], 700)], from: &pacing)
        #expect(slow == [1, 0])
        #expect(pacing.wait(forPace: 1, at: instant(700)) == .milliseconds(50))
        let next = taken([([1, 1], 750), ([1, 1], 1_700), ([1, 1], 1_750)], from: &pacing)
        #expect(next == [1, 0, 1])
    }

    @Test("keeps what a slow caller leaves over within the burst")
    func keepsFractions() {
        var pacing = Pacing(usedUntil: Self.start)
        // Ten a second are one each 100 ms: what is over after 150 ms counts at 200 ms.
        let counts = taken([([10, 10, 10], 150), ([10, 10], 200)], from: &pacing)
        #expect(counts == [1, 1])
    }

    @Test("lets each push wait for its own pace")
    func mixesPaces() {
        var pacing = Pacing(usedUntil: Self.start)
        // A tenth of a second for the first, a whole one for the second.
        let counts = taken([([10, 1, 10], 250)], from: &pacing)
        #expect(counts == [1])
        #expect(pacing.wait(forPace: 1, at: instant(250)) == .milliseconds(850))
    }

    @Test("takes nothing when nothing waits")
    func takesNothing() {
        var pacing = Pacing(usedUntil: Self.start)
        let counts = taken([([], 500)], from: &pacing)
        #expect(counts == [0])
        #expect(pacing.usedUntil == Self.start)
    }
}
