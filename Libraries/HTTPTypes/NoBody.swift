/// Stands for the body of a request or response that has none.
public struct NoBody: Codable, Sendable, Hashable {
    /// Makes the one value.
    public init() {}
}
