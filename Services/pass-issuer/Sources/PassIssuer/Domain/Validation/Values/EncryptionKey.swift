import Cryptography

/// The reader's public key of an NFC pass.
enum EncryptionKey {
    /// Whether a text is the base64 of an X.509 SubjectPublicKeyInfo of a P-256 key.
    static func isValid(_ text: String) -> Bool {
        guard let der = Base64.decode(text) else { return false }
        // Which fault OpenSSL finds in the structure makes no difference to the person who pasted it.
        return (try? PublicKey(der: der))?.kind == .p256
    }
}
