import HTTPTypes

/// Who is signed in to the console may do so for a while.
public struct ConsoleSessionAnswer: Codable, Hashable, Sendable {
    /// What requests that change something show as `X-CSRF-Token` beside the cookie.
    public var csrfToken: String
    /// When the session ends.
    public var expiresAt: Instant

    /// Makes an answer.
    public init(csrfToken: String, expiresAt: Instant) {
        self.csrfToken = csrfToken
        self.expiresAt = expiresAt
    }
}
