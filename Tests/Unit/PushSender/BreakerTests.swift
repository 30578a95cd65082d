import Testing

@testable import PushSender

@Suite struct BreakerTests {
    @Test(
        "opens when at least half of 50 or more answers found fault with the token",
        arguments: [(50, 25), (50, 50), (51, 26), (1_000, 500)])
    func opens(answers: Int, suspects: Int) {
        let window = Breaker.Window(answers: answers, suspects: suspects)
        #expect(Breaker.change(isOpen: false, window, probeAccepted: false) == .open)
    }

    @Test("stays closed otherwise", arguments: [(49, 49), (50, 24), (51, 25), (1_000, 499), (0, 0)])
    func staysClosed(answers: Int, suspects: Int) {
        let window = Breaker.Window(answers: answers, suspects: suspects)
        #expect(Breaker.change(isOpen: false, window, probeAccepted: false) == nil)
    }

    @Test("closes when a push that it let through was taken, whatever the window says")
    func closes() {
        let window = Breaker.Window(answers: 100, suspects: 100)
        #expect(Breaker.change(isOpen: true, window, probeAccepted: true) == .close)
        #expect(Breaker.change(isOpen: true, window, probeAccepted: false) == nil)
    }
}
