import Synchronization

/// The faults that wait for calls, the first that fits being the one that hits.
final class FaultScript: Sendable {
    /// More are not kept.
    static let capacity = 1_000

    private let faults = Mutex<[Fault]>([])

    /// What still waits.
    var waiting: [Fault] { faults.withLock { $0 } }

    /// Adds a fault after all others; false when there are too many.
    @discardableResult func add(_ fault: Fault) -> Bool {
        faults.withLock { faults in
            guard faults.count < Self.capacity else { return false }
            faults.append(fault)
            return true
        }
    }

    func removeAll() {
        faults.withLock { $0 = [] }
    }

    /// What hits this call; it is used up by that.
    func hit(_ call: WalletCall) -> Fault? {
        faults.withLock { faults in
            for index in faults.indices where faults[index].fits(call) {
                guard faults[index].skips == 0 else {
                    faults[index].skips -= 1
                    continue
                }
                let fault = faults[index]
                if let times = fault.times {
                    if times > 1 { faults[index].times = times - 1 } else { faults.remove(at: index) }
                }
                return fault
            }
            return nil
        }
    }
}
