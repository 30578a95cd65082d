import Foundation
import Synchronization
import ToolSupport

/// Lines for whoever watches, each with the time since the start.
final class Console: Sendable {
    private let start = ContinuousClock.now
    private let totals = Mutex<[String: Int]>([:])

    /// How long it has run.
    var elapsed: Duration { start.duration(to: .now) }

    /// Writes a line with the time.
    func say(_ text: String) {
        let seconds = elapsed / .seconds(1)
        Terminal.write(String(format: "%7.1f s  ", seconds) + text)
    }

    /// Writes a line about a fault and counts it.
    func tell(_ disturbance: any Disturbance) {
        totals.withLock { $0[type(of: disturbance).kind, default: 0] += 1 }
        say(disturbance.words)
    }

    /// How many faults of each kind there were.
    var faults: [String: Int] { totals.withLock { $0 } }
}

extension Duration {
    /// The seconds with one decimal.
    var inWords: String { String(format: "%.1f s", self / .seconds(1)) }
}
