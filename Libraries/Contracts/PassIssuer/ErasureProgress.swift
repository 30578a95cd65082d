/// What one service has left of an erasure.
public struct ErasureProgress: Codable, Hashable, Sendable {
    /// The service.
    public var service: String
    /// How many passes, push tokens or objects are left there; absent before it was asked.
    public var remaining: Int?

    /// Makes a progress.
    public init(service: String, remaining: Int? = nil) {
        self.service = service
        self.remaining = remaining
    }
}
