/// What becomes of keys that the decoded type does not know.
public enum UnknownKeys: Sendable, Hashable {
    /// They are left alone.
    case ignored
    /// Each of them is a fault: a key for which the type's `CodingKey` gives nil, in nested types too.
    case refused
}
