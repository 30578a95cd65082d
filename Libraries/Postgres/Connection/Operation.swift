/// What was sent up to one synchronisation point, and what has come back of it.
struct Operation {
    /// One message that the server answers.
    enum Step {
        case begin
        case prepare
        case execute
    }

    /// Nil for the connection's own housekeeping.
    let job: Job?
    let steps: [Step]
    var statement: (key: StatementCache.Key, name: String)?
    var isRetry = false
    /// The step whose results are being read.
    var position = 0
    var result: ResultSet?
    var fault: PostgresServerFault?
    var failedStep: Step?

    init(job: Job?, steps: [Step]) {
        self.job = job
        self.steps = steps
    }

    mutating func record(_ fault: PostgresServerFault) {
        guard self.fault == nil else { return }
        self.fault = fault
        failedStep = steps.indices.contains(position) ? steps[position] : nil
    }

    /// True when a prepared statement no longer fits the tables, or is gone: preparing it anew helps.
    var isStale: Bool {
        guard let fault, failedStep == .execute, !steps.contains(.prepare), !isRetry else { return false }
        return fault.sqlState == .featureNotSupported || fault.sqlState == .invalidStatementName
    }
}
