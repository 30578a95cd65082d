/// What is left of erased passes.
public struct RegistryErasuresAnswer: Codable, Hashable, Sendable {
    /// The passes of which something is left here.
    public var passes: Int
    /// The push tokens that push-sender has not forgotten yet.
    public var pushTokens: Int

    /// Makes an answer.
    public init(passes: Int, pushTokens: Int) {
        self.passes = passes
        self.pushTokens = pushTokens
    }
}
