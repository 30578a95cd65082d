import Support
import ToolSupport

/// The table at the end.
struct Summary: Sendable {
    let stage: Stage

    func write() async {
        Terminal.write("\nfaults")
        for (kind, count) in stage.console.faults.sorted(by: { $0.key < $1.key }) { row(kind, count) }
        let acknowledged = await stage.ledger.acknowledged
        let unanswered = await stage.ledger.unanswered
        Terminal.write("\nwrites" + Self.padding("writes") + "  acknowledged  without an answer")
        for kind in WriteKind.allCases {
            row(kind.rawValue, acknowledged[kind] ?? 0, unanswered[kind] ?? 0)
        }
        let counts = await stage.fleet.counts
        Terminal.write("\nphones")
        row("pushes", counts.pushes)
        row("packages fetched", counts.fetched)
        row("events told to the webhook", Set(stage.receiver.taken.map(\.id)).count)
        let log = String(decoding: stage.cluster.database.log, as: UTF8.self).split(separator: "\n")
        let fullDisk = log.filter { $0.contains("No space left on device") }
        row("answers 53100 of PostgreSQL", fullDisk.count { $0.contains("ERROR") })
        row("its ends by a full disk", fullDisk.count { $0.contains("PANIC") || $0.contains("FATAL") })
        for (status, count) in await stage.ledger.refusals.sorted(by: { $0.key < $1.key }) {
            row("answers \(status)", count)
        }
        row("findings", stage.findings.all.count)
    }

    private func row(_ name: String, _ numbers: Int...) {
        let columns = numbers.map { number in
            let text = "\(number)"
            return String(repeating: " ", count: max(0, 14 - text.count)) + text
        }
        Terminal.write("  \(name)\(Self.padding(name))\(columns.joined())")
    }

    private static func padding(_ name: String) -> String {
        String(repeating: " ", count: max(0, 32 - name.count))
    }
}
