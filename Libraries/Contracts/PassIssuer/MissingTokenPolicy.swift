/// What becomes of a pass when a token has no value.
public enum MissingTokenPolicy: String, Choice {
    /// The pass is refused.
    case reject
    /// The token is replaced by nothing.
    case empty
}
