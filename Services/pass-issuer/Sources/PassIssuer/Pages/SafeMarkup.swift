/// A piece of HTML or SVG that we wrote ourselves, or made of nothing but escaped text.
struct SafeMarkup: Sendable, Hashable {
    /// The markup.
    let text: String

    /// Markup of a file of ours, or of a library that draws.
    init(own text: String) {
        self.text = text
    }

    /// A text from anywhere, as HTML shows it; also good between the quotes of an attribute.
    init(escaping text: String) {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            // No document may hold them (HTML §13.2.3.5), and readers could be led astray.
            case "\u{00}"..."\u{08}", "\u{0B}"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(character)
            }
        }
        self.text = escaped
    }
}
