/// Why a text is no path of a token.
enum TokenPathError: Error, Equatable, Sendable {
    case empty
    case unknownRoot(String)
    case missingKey

    /// What is wrong, as a sentence about a token or a default.
    var reason: String {
        switch self {
        case .empty: "The token is empty."
        case .unknownRoot(let root): "A token begins with contact or voucher, not with \"\(root)\"."
        case .missingKey: "A part of the token's path is empty."
        }
    }

    /// How to mend it.
    var remedy: String {
        switch self {
        case .empty, .missingKey: "Write a path such as contact.firstName."
        case .unknownRoot: "Begin the path with contact or voucher, or write {{{{ for a literal {{."
        }
    }
}
