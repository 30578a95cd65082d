/// What APNs answered to a topic's pushes, since ever.
struct TopicTally: Sendable, Hashable {
    /// How many it took.
    var accepted = 0
    /// How often it refused one, by reason.
    var refusals: [String: Int] = [:]
}
