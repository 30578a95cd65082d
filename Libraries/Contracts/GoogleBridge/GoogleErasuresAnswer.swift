/// What is left of erased passes.
public struct GoogleErasuresAnswer: Codable, Hashable, Sendable {
    /// The objects that Google has not taken yet as they shall be.
    public var objects: Int

    /// Makes an answer.
    public init(objects: Int) {
        self.objects = objects
    }
}
