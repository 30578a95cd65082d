/// The rollout that carries a mass update.
public struct RolloutReference: Codable, Hashable, Sendable {
    /// Its id.
    public var rolloutId: RolloutID

    /// Names a rollout.
    public init(rolloutId: RolloutID) {
        self.rolloutId = rolloutId
    }
}
