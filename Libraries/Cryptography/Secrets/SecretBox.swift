/// Secrets at rest: AES-256-GCM under the keys of a ring, bound to the place where they are kept.
///
/// An envelope is version (1 byte), length of the key id (1 byte), key id, nonce (12 bytes), ciphertext, tag (16 bytes).
/// The AES key is HKDF-SHA256 of the ring's key, so a key of any length serves and shares nothing with other uses of it.
public struct SecretBox: Sendable {
    private static let version: UInt8 = 1
    private static let purpose = Array("wallet secret box 1".utf8)

    private let primaryKid: String
    private let keys: Secret<[String: [UInt8]]>

    /// Derives a key for each of the ring.
    public init(_ ring: KeyRing) {
        var keys: [String: [UInt8]] = [:]
        for kid in ring.allKids {
            keys[kid] = ring.key(kid).map { HKDFSHA256.derive(key: $0, salt: [], purpose: Self.purpose) }
        }
        primaryKid = ring.primary.kid
        self.keys = Secret(keys)
    }

    /// The envelope of a secret under the primary key.
    /// - Parameter context: where the secret is kept, such as table, row and column; opening needs the same.
    public func seal(_ plaintext: [UInt8], context: [UInt8]) -> [UInt8] {
        let head = [Self.version, UInt8(primaryKid.utf8.count)] + primaryKid.utf8
        let nonce = SecureRandom.bytes(AES256GCM.nonceLength)
        let key = keys.value[primaryKid] ?? []
        let sealed = AES256GCM.seal(plaintext, key: key, nonce: nonce, authenticating: head + context)
        return head + nonce + sealed.ciphertext + sealed.tag
    }

    /// The secret of an envelope.
    public func open(_ sealed: [UInt8], context: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let kid = Self.kid(of: sealed) else { throw .malformed("sealed secret") }
        guard let key = keys.value[kid] else { throw .unknownKey(kid: kid) }
        let head = Array(sealed[..<(2 + kid.utf8.count)])
        let rest = sealed[head.count...]
        guard rest.count >= AES256GCM.nonceLength + AES256GCM.tagLength else { throw .malformed("sealed secret") }
        let plaintext = AES256GCM.open(
            Array(rest.dropFirst(AES256GCM.nonceLength).dropLast(AES256GCM.tagLength)),
            tag: Array(rest.suffix(AES256GCM.tagLength)), key: key,
            nonce: Array(rest.prefix(AES256GCM.nonceLength)), authenticating: head + context)
        guard let plaintext else { throw .notAuthentic }
        return plaintext
    }

    /// Whether an envelope is under another key than the primary one.
    public func needsRotation(_ sealed: [UInt8]) -> Bool {
        Self.kid(of: sealed) != primaryKid
    }

    private static func kid(of sealed: [UInt8]) -> String? {
        guard sealed.count >= 2, sealed[0] == version, sealed.count >= 2 + Int(sealed[1]) else { return nil }
        return String(validating: sealed[2..<(2 + Int(sealed[1]))], as: UTF8.self)
    }
}
