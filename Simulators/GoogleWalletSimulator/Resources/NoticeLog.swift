import Synchronization

/// A notice that the holders of a pass got.
public struct Notice: Codable, Hashable, Sendable {
    /// The class or object.
    public let resourceId: String
    /// What the notice was about.
    public enum Cause: String, Codable, Sendable {
        case message, change
    }
    /// Why it came.
    public let cause: Cause
}

/// The notices so far, in bounded memory.
final class NoticeLog: Sendable {
    private static let capacity = 10_000
    private let entries = Mutex<[Notice]>([])

    var all: [Notice] { entries.withLock { $0 } }

    func add(_ notice: Notice) {
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeFirst(Self.capacity / 2) }
            entries.append(notice)
        }
    }

    func removeAll() {
        entries.withLock { $0 = [] }
    }
}
