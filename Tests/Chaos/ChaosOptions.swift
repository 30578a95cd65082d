import ToolSupport

/// What a run of faults is told.
struct ChaosOptions: Sendable {
    /// How long faults go on.
    var seconds = 600
    /// Decides which faults come, when, and how long each is.
    var seed: UInt64 = 0
    /// A file system of its own, for PostgreSQL; nil when there is none to fill.
    var disk: String?
    /// Where logs are kept; nil for nowhere.
    var logs: String?
    /// Whether the network is the run's own, so that packets may be lost.
    var isAlone = false

    /// Whether anything is to be broken: without that, nothing stands between the services, and their clocks are the system's.
    var breaks = true

    /// What a run without faults is told.
    static let calm = ChaosOptions()

    private init() {
        breaks = false
    }

    /// Reads the words of a command line.
    init(_ words: ArraySlice<String>) throws(ToolFault) {
        var words = words
        guard let seconds = words.popFirst().flatMap({ Int($0) }), seconds >= 10,
            let seed = words.popFirst().flatMap({ UInt64($0) })
        else { throw ToolFault("chaos run SECONDS SEED: two numbers, at least 10 seconds") }
        self.seconds = seconds
        self.seed = seed
        while let word = words.popFirst() {
            switch word {
            case "--alone": isAlone = true
            case "--disk": disk = words.popFirst()
            case "--logs": logs = words.popFirst()
            default: throw ToolFault("chaos run: what is \(word)?")
            }
        }
    }
}
