import Contracts
import IPhoneSimulator
import Support
import Synchronization

/// The same mixture of calls at a rate that is given, or as fast as it goes.
final class SteadyLoad: Sendable {
    private let load: Load
    private let done = Atomic<Int>(0)

    init(_ load: Load) {
        self.load = load
    }

    /// How many turns were done.
    var count: Int { done.load(ordering: .relaxed) }

    /// Works until a time.
    /// - Parameters:
    ///   - workers: how many turns at once.
    ///   - rate: turns a second of all; nil for as many as it takes.
    func run(workers: Int, rate: Double? = nil, until end: ContinuousClock.Instant) async throws {
        let serialNumbers = await load.ledger.steady
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<workers {
                // Each changes passes of its own, so that the newest change of a pass is known.
                let own = stride(from: worker, to: serialNumbers.count, by: workers).map { serialNumbers[$0] }
                group.addTask { try await self.work(own, pause: rate.map { .seconds(Double(workers) / $0) }, end) }
            }
            try await group.waitForAll()
        }
    }

    private func work(_ serialNumbers: [String], pause: Duration?, _ end: ContinuousClock.Instant) async throws {
        var next = ContinuousClock.now
        var turn = 0
        while .now < end, !serialNumbers.isEmpty {
            turn += 1
            if turn.isMultiple(of: 25) {
                try await load.comeAndLeave()
            } else {
                try await load.insistOnChange(serialNumbers[turn % serialNumbers.count])
            }
            done.add(1, ordering: .relaxed)
            guard let pause else { continue }
            next = max(next + pause, .now - pause)
            try await Task.sleep(until: next)
        }
    }
}
