/// Why a list of keys can't be used; names key ids and positions, never a key.
public enum KeyRingError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case noColon(position: Int)
    case invalidKid(position: Int)
    case invalidBase64(kid: String)
    case tooShort(kid: String, bytes: Int)
    case duplicateKid(String)

    /// One sentence for the operator.
    public var description: String {
        switch self {
        case .empty: "No key is given; write <kid>:<base64 of at least 32 random bytes>."
        case .noColon(let position): "Key \(position) has no colon between its id and its base64 text."
        case .invalidKid(let position): "The id of key \(position) is not 1 to 32 characters of A-Z, a-z, 0-9, _ and -."
        case .invalidBase64(let kid): "The key \(kid) is not valid base64."
        case .tooShort(let kid, let bytes): "The key \(kid) has \(bytes) bytes; at least 32 are needed."
        case .duplicateKid(let kid): "The key id \(kid) is given twice."
        }
    }
}
