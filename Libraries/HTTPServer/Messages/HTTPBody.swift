import Bytes

/// An answer's body.
public enum HTTPBody: Sendable {
    /// None.
    case empty
    /// Bytes made for this answer.
    case bytes([UInt8])
    /// Bytes that are sent from where they are, without a copy.
    case shared(SharedBytes)
    /// A file without a name.
    case file(TemporaryFile)

    /// The length in bytes.
    public var count: Int {
        switch self {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .shared(let bytes): bytes.count
        case .file(let file): file.size
        }
    }
}
