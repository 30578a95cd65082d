/// A program of the system that did not do what it was started for.
public struct ProgramFailure: Error, CustomStringConvertible {
    /// What it was and what it said.
    public let description: String

    /// Says what it was.
    public init(description: String) {
        self.description = description
    }
}
