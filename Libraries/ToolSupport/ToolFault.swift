/// Why a command line can't be done, as a sentence for the person who wrote it.
public struct ToolFault: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// A fault in words.
    public init(_ description: String) {
        self.description = description
    }
}
