import HTTPTypes

/// A call that failed and is to be repeated.
struct Retry: Codable, Hashable, Sendable {
    /// How often it has failed.
    let failures: Int
    /// When it is repeated, in microseconds since 1970: the pauses of those in a hurry are shorter than a second.
    private let due: Int64

    init(failures: Int, dueAt: Instant) {
        self.failures = failures
        due = dueAt.microseconds
    }

    var dueAt: Instant { Instant(microseconds: due) }
}
