import Testing

@testable import HTTP2

@Suite("HTTP/2: pauses between connections")
struct ReconnectPaceTests {
    private let start = ContinuousClock.now

    @Test("doubles the pause with each failure up to the longest, and forgets it after a success")
    func backOff() {
        var pace = ReconnectPace(first: .seconds(1), longest: .seconds(10))
        var pauses: [Duration] = []
        for _ in 0..<6 {
            pace.failed(at: start, random: 1)
            pauses.append(start.duration(to: pace.next(at: start)))
        }
        #expect(pauses == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        pace.succeeded()
        #expect(pace.next(at: start) == start)
    }

    @Test("varies the pause between half and all of it", arguments: [(0.0, 500), (0.5, 750), (1.0, 1_000)])
    func jitter(random: Double, milliseconds: Int) {
        var pace = ReconnectPace(first: .seconds(1), longest: .seconds(60))
        pace.failed(at: start, random: random)
        #expect(pace.next(at: start) == start + .milliseconds(milliseconds))
    }

    @Test("lets eight connections be opened at once, and one a second after that, even without failures")
    func burst() {
        var pace = ReconnectPace(first: .seconds(1), longest: .seconds(60))
        for _ in 0..<8 {
            #expect(pace.next(at: start) == start)
            pace.opened(at: start)
            pace.succeeded()
        }
        #expect(start.duration(to: pace.next(at: start)) == .seconds(1))
        #expect(pace.next(at: start + .seconds(1)) == start + .seconds(1))
        pace.opened(at: start + .seconds(1))
        #expect(pace.next(at: start + .seconds(1)) == start + .seconds(2))
    }
}
