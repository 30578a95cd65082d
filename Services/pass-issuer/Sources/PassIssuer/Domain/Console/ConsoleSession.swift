import Cryptography
import HTTPTypes

/// A signed-in administrator: the token that they showed, until when, and what proves that a request is the console's.
struct ConsoleSession: Sendable {
    /// The admin token; it is checked anew with each request, so changing it ends all sessions.
    let token: Secret<String>
    /// From then on it opens nothing.
    let expiresAt: Instant
    /// What requests that change something show beside the cookie.
    let csrfToken: Secret<String>

    /// What it is called where it is written down what it did: nothing can be done with that.
    var name: String { Hex.encode(Array(SHA256.digest(Array(csrfToken.value.utf8)).prefix(4))) }
}
