/// How much a finding of a check matters.
public enum FindingSeverity: String, Choice {
    /// Phones refuse the pass, or something important of it is lost.
    case error
    /// Something is lost or odd, the pass works.
    case warning
    /// Nothing is wrong; worth knowing.
    case information
}
