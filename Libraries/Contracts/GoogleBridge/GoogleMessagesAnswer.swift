/// What became of a message: the operations that carry it to Google, one for each class.
public struct GoogleMessagesAnswer: Codable, Hashable, Sendable {
    /// How many there are.
    public var operations: Int

    /// Makes an answer.
    public init(operations: Int) {
        self.operations = operations
    }
}
