import Cryptography
import Synchronization

/// The links that `jwt` insert gave out: short texts that stand for objects that exist already.
final class SavedLinks: Sendable {
    private static let capacity = 10_000

    private struct State {
        var objects: [String: [String]] = [:]
        var order: [String] = []
    }

    private let state = Mutex(State())

    /// A new link for objects.
    func add(_ objectIDs: [String]) -> String {
        let name = Base64URL.encode(SecureRandom.bytes(24))
        state.withLock { state in
            if state.order.count >= Self.capacity {
                for old in state.order.prefix(Self.capacity / 2) { state.objects[old] = nil }
                state.order.removeFirst(Self.capacity / 2)
            }
            state.objects[name] = objectIDs
            state.order.append(name)
        }
        return name
    }

    func objectIDs(of name: String) -> [String]? {
        state.withLock { $0.objects[name] }
    }

    func removeAll() {
        state.withLock { $0 = State() }
    }
}
