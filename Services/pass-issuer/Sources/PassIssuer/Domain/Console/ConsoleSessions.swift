import Cryptography
import HTTPTypes

/// Sessions that live in their cookie alone, sealed under the master keys: any replica opens them, none stores them.
struct ConsoleSessions: Sendable {
    let secrets: SecretBox

    /// How long a session lasts.
    static let lifetime = 8 * 3_600
    private static let context = Array("console session 1".utf8)
    private static let csrfLength = 18
    /// No sealed session is longer: longer text is not opened at all.
    private static let maximumLength = 4_096

    /// A session that begins now, and its text for the cookie.
    func begin(with token: Secret<String>, at now: Instant) -> (session: ConsoleSession, text: String) {
        let expiresAt = now.adding(seconds: Self.lifetime).truncatedToSecond
        let csrf = SecureRandom.bytes(Self.csrfLength)
        let plaintext = Self.bytes(of: UInt64(max(0, expiresAt.wholeSeconds))) + csrf + Array(token.value.utf8)
        let session = ConsoleSession(
            token: token, expiresAt: expiresAt, csrfToken: Secret(Base64URL.encode(csrf)))
        return (session, Base64URL.encode(secrets.seal(plaintext, context: Self.context)))
    }

    /// The session of a cookie; nil when it is none of ours, or has ended.
    func session(_ text: String, at now: Instant) -> ConsoleSession? {
        // What can't be opened is no session, whatever the reason.
        guard text.utf8.count <= Self.maximumLength, let sealed = Base64URL.decode(text),
            let plaintext = try? secrets.open(sealed, context: Self.context), plaintext.count > 8 + Self.csrfLength
        else { return nil }
        let seconds = plaintext.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let expiresAt = Instant(seconds: Int(clamping: seconds))
        guard now < expiresAt,
            let token = String(validating: plaintext.dropFirst(8 + Self.csrfLength), as: UTF8.self)
        else { return nil }
        let csrf = Array(plaintext[8..<(8 + Self.csrfLength)])
        return ConsoleSession(
            token: Secret(token), expiresAt: expiresAt, csrfToken: Secret(Base64URL.encode(csrf)))
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }
}
