import Contracts

/// What became of the passes of a batch.
struct RolloutTally: Sendable, Hashable {
    /// How many faults of a rollout are kept.
    static let maximumErrors = 100

    private(set) var notified = 0
    private(set) var unchanged = 0
    private(set) var failed = 0
    private(set) var errors: [RolloutError] = []

    var treated: Int { notified + unchanged + failed }

    /// Counts what was changed, or looks the same.
    mutating func add(_ count: Int = 1, isVisible: Bool) {
        if isVisible { notified += count } else { unchanged += count }
    }

    /// Counts a failure, and keeps its reason while there is room.
    mutating func fail(line: Int? = nil, _ serialNumber: SerialNumber?, _ reason: String) {
        failed += 1
        guard errors.count < Self.maximumErrors else { return }
        errors.append(RolloutError(line: line, serialNumber: serialNumber, reason: String(reason.prefix(1_000))))
    }

    /// Adds the counts of another part.
    static func += (left: inout RolloutTally, right: RolloutTally) {
        left.notified += right.notified
        left.unchanged += right.unchanged
        left.failed += right.failed
        left.errors += right.errors.prefix(max(maximumErrors - left.errors.count, 0))
    }
}
