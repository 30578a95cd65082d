/// Tokens of the form `<kid>.<base64url HMAC-SHA256>` under the keys of a ring.
public struct HMACKeyRing: Sendable {
    /// The id of the key that new tokens get.
    public let primaryKid: String

    private let primary: HMACSHA256
    private let codes: [String: HMACSHA256]

    /// Prepares each key of the ring once.
    public init(_ ring: KeyRing) {
        let (kid, key) = ring.primary
        let primary = HMACSHA256(key: key)
        var codes = [kid: primary]
        for other in ring.allKids.dropFirst() {
            codes[other] = ring.key(other).map { HMACSHA256(key: $0) }
        }
        self.primaryKid = kid
        self.primary = primary
        self.codes = codes
    }

    /// The message's token under the primary key.
    public func token(for message: [UInt8]) -> String {
        "\(primaryKid).\(Base64URL.encode(primary.authenticate(message)))"
    }

    /// The message's token under the key that it was first given with; nil when the ring no longer has that key.
    public func token(for message: [UInt8], kid: String) -> String? {
        codes[kid].map { "\(kid).\(Base64URL.encode($0.authenticate(message)))" }
    }

    /// The prepared key of an id; nil when the ring has none.
    public func key(_ kid: String) -> HMACSHA256? {
        codes[kid]
    }

    /// Whether a token is the message's under any key of the ring, compared in constant time.
    public func isValid(_ token: String, for message: [UInt8]) -> Bool {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let key = codes[String(Substring(parts[0]))],
            let code = Base64URL.decode(String(Substring(parts[1])))
        else { return false }
        return key.isValid(code, for: message)
    }
}
