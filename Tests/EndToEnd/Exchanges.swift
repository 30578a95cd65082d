import IPhoneSimulator
import Synchronization

/// What a simulated iPhone sent and was answered.
final class Exchanges: Sendable {
    private let all = Mutex<[Exchange]>([])

    func add(_ exchange: Exchange) { all.withLock { $0.append(exchange) } }

    func clear() { all.withLock { $0 = [] } }

    var statuses: [Int?] { all.withLock { $0.map(\.status) } }

    var paths: [String] { all.withLock { $0.map(\.path) } }
}
