import ServiceKit
import Testing

@Suite struct WakeUpTests {
    private static let long = Duration.seconds(600)

    @Test("wakes who waits")
    func wakes() async {
        let wakeUp = WakeUp()
        async let waiting: Void = wakeUp.wait(atMost: Self.long)
        wakeUp.signal()
        await waiting
    }

    @Test("remembers a signal for who comes later, once")
    func remembers() async {
        let wakeUp = WakeUp()
        wakeUp.signal()
        wakeUp.signal()
        await wakeUp.wait(atMost: Self.long)
        await wakeUp.wait(atMost: .milliseconds(1))
    }

    @Test("lets go who is cancelled")
    func cancels() async {
        let task = Task { await WakeUp().wait(atMost: Self.long) }
        task.cancel()
        await task.value
    }
}
