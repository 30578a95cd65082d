/// Why the simulator cannot do what it was told to.
public enum SimulatorError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Something that it was given cannot be used.
    case unusable(String)
    /// The person's wallet does not take the pass, in the words of the save page.
    case notSaved(String)

    /// One sentence.
    public var description: String {
        switch self {
        case .unusable(let what): what
        case .notSaved(let reason): reason
        }
    }
}
