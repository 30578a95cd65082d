import Cryptography

/// A style sheet within a page, and the hash by which the page's policy allows it and nothing else.
struct PageStyle: Sendable, Hashable {
    let markup: SafeMarkup
    /// A source expression of the Content Security Policy (CSP 3 §2.3.1).
    let source: String

    init(_ css: String) {
        markup = SafeMarkup(own: css)
        source = "'sha256-\(Base64.encode(SHA256.digest(Array(css.utf8))))'"
    }
}
