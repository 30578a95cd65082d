import Testing

@testable import DeviceRegistry

@Suite struct LogAllowanceTests {
    @Test("stores a minute's worth at once, then as many as come in by the second")
    func limits() {
        let allowance = LogAllowance(linesPerSecond: 10)
        let start = ContinuousClock.now
        #expect(allowance.take(500, at: start) == 500)
        #expect(allowance.take(500, at: start) == 100)
        #expect(allowance.take(1, at: start) == 0)
        #expect(allowance.take(50, at: start + .seconds(3)) == 30)
        #expect(allowance.take(5_000, at: start + .seconds(3_600)) == 600)
    }

    @Test("stores everything when it has no limit")
    func noLimit() {
        #expect(LogAllowance(linesPerSecond: 0).take(1_000_000) == 1_000_000)
    }
}
