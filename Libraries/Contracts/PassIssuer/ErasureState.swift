/// How far an erasure is.
public enum ErasureState: String, Codable, Hashable, Sendable {
    /// Something is left.
    case running
    /// Nothing is left in any service.
    case done
}
