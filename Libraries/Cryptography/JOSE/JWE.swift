/// Encrypted tokens in compact form (RFC 7516) with `alg` dir and `enc` A256GCM, over bytes: the JSON is the caller's.
public enum JWE {
    /// A token taken apart, not decrypted.
    public struct Parsed: Sendable {
        /// The JSON of the protected header, to choose the key by.
        public let headerJSON: [UInt8]

        let associated: [UInt8]
        let nonce: [UInt8]
        let ciphertext: [UInt8]
        let tag: [UInt8]
    }

    /// The length that a key must have, in bytes.
    public static let keyLength = AES256GCM.keyLength

    /// The token of a plaintext under a key of 32 bytes.
    /// - Parameter header: JSON that names `alg` dir, `enc` A256GCM and the key.
    public static func encrypt(
        _ plaintext: [UInt8], header: [UInt8], key: [UInt8]
    ) throws(CryptographyError) -> String {
        guard key.count == keyLength else { throw .unsupportedKey(reason: "A256GCM needs exactly 32 bytes") }
        var token: [UInt8] = []
        token.reserveCapacity((header.count + plaintext.count) * 4 / 3 + 64)
        Base64URL.append(header, to: &token)
        let nonce = SecureRandom.bytes(AES256GCM.nonceLength)
        let sealed = AES256GCM.seal(plaintext, key: key, nonce: nonce, authenticating: token)
        token.append(UInt8(ascii: "."))  // The encrypted key is empty with dir.
        for part in [nonce, sealed.ciphertext, sealed.tag] { JWS.append(part, to: &token) }
        return String(decoding: token, as: UTF8.self)
    }

    /// Takes a token apart.
    public static func parse(_ compact: String) throws(CryptographyError) -> Parsed {
        let text = Array(compact.utf8)
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 5, parts[1].isEmpty, let header = Base64URL.decode(parts[0]),
            let nonce = Base64URL.decode(parts[2]), let ciphertext = Base64URL.decode(parts[3]),
            let tag = Base64URL.decode(parts[4]), !header.isEmpty
        else { throw .malformed("token") }
        return Parsed(
            headerJSON: header, associated: Array(parts[0]), nonce: nonce, ciphertext: ciphertext, tag: tag)
    }

    /// The plaintext of a token; the caller has compared `alg` and `enc` of its header.
    public static func decrypt(_ token: Parsed, key: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard key.count == keyLength else { throw .unsupportedKey(reason: "A256GCM needs exactly 32 bytes") }
        let plaintext = AES256GCM.open(
            token.ciphertext, tag: token.tag, key: key, nonce: token.nonce, authenticating: token.associated)
        guard let plaintext else { throw .notAuthentic }
        return plaintext
    }
}
