/// Why a string is no template.
enum TemplateTextError: Error, Equatable, Sendable {
    case unclosed
    case strayBrace
    case path(TokenPathError)

    /// What is wrong, as a sentence.
    var reason: String {
        switch self {
        case .unclosed: "A token is opened by {{ and not closed by }}."
        case .strayBrace: "A token holds a brace."
        case .path(let error): error.reason
        }
    }

    /// How to mend it.
    var remedy: String {
        switch self {
        case .unclosed, .strayBrace: "Close the token with }}, or write {{{{ for a literal {{."
        case .path(let error): error.remedy
        }
    }
}
