import JSON

/// What is known of a value before or after its tokens are filled.
enum Reading: Sendable {
    /// It is not there.
    case absent
    /// It is this, for every pass.
    case known(JSONValue)
    /// It will be some text.
    case text
    /// It will be whatever a token brings.
    case anything

    /// The text, when it is known and one.
    var string: String? {
        if case .known(.string(let text)) = self { text } else { nil }
    }

    /// Whether it is there or may be.
    var isPresent: Bool {
        switch self {
        case .absent, .known(.null): false
        case .known, .text, .anything: true
        }
    }
}
