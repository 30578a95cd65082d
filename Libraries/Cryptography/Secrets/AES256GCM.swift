import COpenSSL

/// AES-256 in Galois/counter mode (NIST SP 800-38D) with 96-bit nonces and 128-bit tags.
enum AES256GCM {
    static let keyLength = 32
    static let nonceLength = 12
    static let tagLength = 16

    private static let cipher = CipherAlgorithm()

    /// The ciphertext, as long as the plaintext, and its tag. A nonce must never come twice under one key.
    static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticating associated: [UInt8]
    ) -> (ciphertext: [UInt8], tag: [UInt8]) {
        precondition(key.count == keyLength && nonce.count == nonceLength)
        let context = CipherContext()
        var tag = [UInt8](repeating: 0, count: tagLength)
        let ciphertext = [UInt8](unsafeUninitializedCapacity: plaintext.count) { output, count in
            var length: Int32 = 0
            let isDone =
                EVP_EncryptInit_ex2(context.pointer, cipher.pointer, key, nonce, nil) == 1
                && EVP_EncryptUpdate(context.pointer, nil, &length, associated, Int32(associated.count)) == 1
                && EVP_EncryptUpdate(context.pointer, output.baseAddress, &length, plaintext, Int32(plaintext.count))
                    == 1
                && EVP_EncryptFinal_ex(context.pointer, nil, &length) == 1
                && EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag) == 1
            precondition(isDone, "OpenSSL did not finish an encryption.")
            count = plaintext.count
        }
        return (ciphertext, tag)
    }

    /// The plaintext; nil when key, nonce, associated data, ciphertext and tag do not belong together.
    static func open(
        _ ciphertext: [UInt8], tag: [UInt8], key: [UInt8], nonce: [UInt8], authenticating associated: [UInt8]
    ) -> [UInt8]? {
        guard key.count == keyLength, nonce.count == nonceLength, tag.count == tagLength else { return nil }
        let context = CipherContext()
        var tag = tag
        var isAuthentic = false
        let plaintext = [UInt8](unsafeUninitializedCapacity: ciphertext.count) { output, count in
            var length: Int32 = 0
            isAuthentic =
                EVP_DecryptInit_ex2(context.pointer, cipher.pointer, key, nonce, nil) == 1
                && EVP_DecryptUpdate(context.pointer, nil, &length, associated, Int32(associated.count)) == 1
                && EVP_DecryptUpdate(context.pointer, output.baseAddress, &length, ciphertext, Int32(ciphertext.count))
                    == 1
                && EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
                && EVP_DecryptFinal_ex(context.pointer, nil, &length) > 0
            // What was decrypted without being authentic must not outlive this call.
            if !isAuthentic { OPENSSL_cleanse(output.baseAddress, ciphertext.count) }
            count = isAuthentic ? ciphertext.count : 0
        }
        return isAuthentic ? plaintext : nil
    }
}

private struct CipherContext: ~Copyable {
    let pointer: OpaquePointer

    init() {
        guard let pointer = EVP_CIPHER_CTX_new() else { fatalError("OpenSSL has no memory for a cipher.") }
        self.pointer = pointer
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }
}

private final class CipherAlgorithm: @unchecked Sendable {
    // Unchecked: a fetched EVP_CIPHER is never written again.
    let pointer: OpaquePointer

    init() {
        guard let pointer = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
            fatalError("OpenSSL's default provider has no AES-256-GCM.")
        }
        self.pointer = pointer
    }

    deinit { EVP_CIPHER_free(pointer) }
}
