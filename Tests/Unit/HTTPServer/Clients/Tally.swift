import Synchronization

/// What clients and handlers of a test note from many threads.
final class Tally: Sendable {
    private let counter = Atomic(0)
    private let noted = Mutex<[String]>([])

    var count: Int { counter.load(ordering: .relaxed) }
    var notes: [String] { noted.withLock { $0 } }

    func increment() {
        counter.add(1, ordering: .relaxed)
    }

    func note(_ text: String) {
        noted.withLock { $0.append(text) }
    }
}
