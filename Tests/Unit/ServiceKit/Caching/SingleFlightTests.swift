import ServiceKit
import Synchronization
import Testing

@Suite struct SingleFlightTests {
    private struct Refused: Error {}

    /// How often something was done.
    private final class Count: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }

        var now: Int { value.withLock { $0 } }
    }

    @Test("does once what many want at the same time")
    func once() async throws {
        let flight = SingleFlight<String, Int>()
        let count = Count()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await flight.value(for: "a") {
                        let value = count.next()
                        // Long enough for the others to ask.
                        for _ in 0..<1_000 { await Task.yield() }
                        return value
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values.count == 50)
        #expect(count.now < 50)
    }

    @Test("an error is everybody's, and the next one begins anew")
    func errors() async throws {
        let flight = SingleFlight<String, Int>()
        await #expect(throws: Refused.self) { try await flight.value(for: "a") { throw Refused() } }
        #expect(try await flight.value(for: "a") { 7 } == 7)
    }
}
