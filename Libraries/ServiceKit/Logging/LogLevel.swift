/// How much a log line matters.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
    /// For whoever looks for a fault.
    case debug
    /// What a service does.
    case info
    /// Something failed that the service lives with.
    case warning
    /// Something failed that somebody should look at.
    case error

    /// Orders by how much it matters.
    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}
