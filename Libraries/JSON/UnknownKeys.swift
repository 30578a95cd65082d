/// What becomes of object keys that the decoded type does not know.
public enum UnknownKeys: Sendable, Hashable {
    /// They are passed over.
    case ignored
    /// They are faults, all reported at once.
    case refused
}
