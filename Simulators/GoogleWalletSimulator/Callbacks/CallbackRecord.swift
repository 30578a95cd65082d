/// A callback and what became of it.
public struct CallbackRecord: Codable, Hashable, Sendable {
    /// The object.
    public let objectId: String
    /// What was done with it.
    public let event: CallbackEvent
    /// The nonce.
    public let nonce: String
    /// Where it was sent.
    public let url: String
    /// The statuses that came back, 0 for no answer.
    public internal(set) var statuses: [Int]
    /// Whether somebody took it.
    public internal(set) var isDelivered: Bool
    /// Whether it will not be tried again.
    public internal(set) var isOver: Bool
}
