/// How links are written; both forms are always read.
enum LinkFormat: String, Sendable, CaseIterable {
    /// A JWT signed with HS256: its claims can be read by whoever holds the link.
    case signed
    /// A JWE (`dir`, A256GCM) of the same claims: no personal data shows in the URL.
    case encrypted
}
