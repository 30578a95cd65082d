/// What became of a delivery of pushes.
public struct PushesAnswer: Codable, Hashable, Sendable {
    /// How many were stored to be sent.
    public var accepted: Int
    /// How many joined a push that still waits.
    public var coalesced: Int
    /// How many are not sent.
    public var refused: Int

    /// Makes an answer.
    public init(accepted: Int, coalesced: Int, refused: Int) {
        self.accepted = accepted
        self.coalesced = coalesced
        self.refused = refused
    }
}
