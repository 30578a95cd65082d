import Foundation

/// What a process holds at one moment.
struct Reading: Sendable {
    /// What is measured of each process.
    enum Measure: String, CaseIterable, Sendable {
        case memory = "MiB"
        case files = "files"
        case threads = "threads"
        case connections = "PostgreSQL connections"

        /// How much more than in the third before may be held without being growth: a pool or an allocator that breathes.
        /// Memory has also a share, see `Growth`.
        var tolerance: Double {
            switch self {
            case .memory: 6
            case .files: 12
            case .threads, .connections: 4
            }
        }
    }

    /// The values.
    private(set) var values: [Measure: Double]

    /// Reads what the kernel knows of a process; nil when it has ended.
    /// - Parameter connections: what PostgreSQL counts of its login.
    init?(process: Int32, connections: Int) {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
        else { return nil }
        values = [.files: Double(files.count), .connections: Double(connections)]
        for line in status.split(separator: "\n") {
            let number = Double(line.split { !$0.isNumber }.first ?? "")
            if line.hasPrefix("VmRSS:") { values[.memory] = (number ?? 0) / 1_024 }
            if line.hasPrefix("Threads:") { values[.threads] = number }
        }
    }
}
