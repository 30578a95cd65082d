import Cryptography

/// A bearer token of Google's, until when it is used.
struct AccessToken: Sendable {
    let text: Secret<String>
    /// When another one is fetched: well before Google stops accepting it.
    let renewAt: ContinuousClock.Instant

    /// How long before its end a token is replaced, whatever that end is.
    static let margin = Duration.seconds(60)
    /// The share of its life that a token is used for, so that short ones are not fetched for each call.
    private static let usedShare = 0.9

    init(_ text: String, expiresInSeconds seconds: Int, now: ContinuousClock.Instant = .now) {
        self.text = Secret(text)
        let life = Duration.seconds(max(0, seconds))
        renewAt = now + min(life - Self.margin, life * Self.usedShare)
    }

    /// Whether both are one and the same.
    func isSame(as other: AccessToken) -> Bool {
        constantTimeEquals(Array(text.value.utf8), Array(other.text.value.utf8))
    }
}
