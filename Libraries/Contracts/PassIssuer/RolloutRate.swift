/// How fast a rollout may go.
public struct RolloutRate: Codable, Hashable, Sendable {
    /// Passes in a second; null is as fast as the service's settings let any rollout be.
    public var perSecond: Field<Int>

    /// Names a rate.
    public init(perSecond: Field<Int>) {
        self.perSecond = perSecond
    }
}
