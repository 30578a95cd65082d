import Support

/// Something that goes wrong for a while; all that is random of it is drawn when it is made.
protocol Disturbance: Sendable {
    /// What it counts as.
    static var kind: String { get }
    /// What it does, in a line.
    var words: String { get }

    /// Draws one; nil where it can't be done.
    init?(on stage: Stage, _ random: inout SeededRandom)

    /// Does it, and returns when it is over.
    func strike(_ stage: Stage) async throws
}

extension SeededRandom {
    /// A duration between two numbers of milliseconds.
    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(Int.random(in: range, using: &self))
    }
}
