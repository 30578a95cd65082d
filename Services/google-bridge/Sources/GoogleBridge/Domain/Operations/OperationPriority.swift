/// Who goes first.
enum OperationPriority: Int, Sendable, Comparable {
    /// Somebody waits for a link.
    case person = 0
    /// A class, which all passes of a campaign show.
    case campaign = 1
    /// A change of single passes.
    case change = 2
    /// A change of many passes.
    case rollout = 3

    /// Up to this many changed passes at once are single ones.
    private static let few = 20

    static func < (left: OperationPriority, right: OperationPriority) -> Bool { left.rawValue < right.rawValue }

    /// The priority of so many passes that changed at once.
    static func changes(_ count: Int) -> OperationPriority { count <= few ? .change : .rollout }
}
