import HTTPTypes

/// Where an entry of the audit log stands: by its instant, and among those of one instant by its number.
struct AuditPosition: Hashable, Sendable {
    let at: Instant
    let number: Int64

    init(at: Instant, number: Int64) {
        self.at = at
        self.number = number
    }

    /// Reads a cursor; nil when it is none.
    init?(cursor: String) {
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let microseconds = Int64(parts[0]), let number = Int64(parts[1]) else { return nil }
        self.init(at: Instant(microseconds: microseconds), number: number)
    }

    /// What callers get to go on behind it.
    var cursor: String { "\(at.microseconds).\(number)" }
}
