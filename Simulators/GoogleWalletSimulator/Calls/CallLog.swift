import HTTPTypes
import Synchronization

/// The calls of the past in bounded memory, and counts of all.
final class CallLog: Sendable {
    private struct State {
        var records: [CallRecord] = []
        /// Where the oldest stands once the memory is full.
        var oldest = 0
        var count = 0
        var countByStatus: [Int: Int] = [:]
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Keeps a call that is over.
    func add(_ make: (_ number: Int) -> CallRecord) {
        state.withLock { state in
            state.count += 1
            let record = make(state.count)
            state.countByStatus[record.status, default: 0] += 1
            if state.records.count < capacity {
                state.records.append(record)
            } else {
                state.records[state.oldest] = record
                state.oldest = (state.oldest + 1) % capacity
            }
        }
    }

    /// How many there were in all.
    var count: Int { state.withLock { $0.count } }

    /// How many there were with each status.
    var countByStatus: [Int: Int] { state.withLock { $0.countByStatus } }

    /// The calls that are remembered, the oldest first.
    var records: [CallRecord] {
        state.withLock { Array($0.records[$0.oldest...] + $0.records[..<$0.oldest]) }
    }

    func removeAll() {
        state.withLock { $0 = State() }
    }

    /// The most calls that came within any such span of time, of those that counted for the issuer.
    func busiest(_ seconds: Double, issuerID: String?) -> Int {
        let times = records.filter { issuerID == nil || $0.issuerId == issuerID }.map(\.microseconds).sorted()
        let span = Int64(seconds * 1_000_000)
        var first = 0
        var most = 0
        for (index, time) in times.enumerated() {
            while time - times[first] >= span { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }
}
