import Synchronization

/// What is wrong; nothing may be.
final class Findings: Sendable {
    private static let most = 200

    private let list = Mutex<[String]>([])

    /// Everything so far, each once.
    var all: [String] { list.withLock { $0 } }

    /// Adds one that is not known.
    func add(_ finding: String) {
        list.withLock { list in
            if list.count < Self.most, !list.contains(finding) { list.append(finding) }
        }
    }
}
