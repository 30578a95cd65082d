import COpenSSL

/// A key of OpenSSL, private or public; signs and verifies SHA-256 digests.
final class KeyHandle: @unchecked Sendable {
    // Unchecked: an EVP_PKEY is not changed after its making, OpenSSL counts its references atomically, and each use has
    // a context of its own.
    private let pointer: OpaquePointer
    private let signing: ContextPool<SigningContext>
    let kind: KeyKind

    /// Takes ownership of a key, and refuses kinds that we have no use for.
    private init(owning pointer: OpaquePointer) throws(CryptographyError) {
        do {
            kind = try Self.kind(of: pointer)
        } catch {
            EVP_PKEY_free(pointer)
            throw error
        }
        self.pointer = pointer
        let unowned = UncheckedPointer(pointer)
        // The pool lives as long as this owner does, so the pointer is alive whenever a context is made.
        signing = ContextPool { SigningContext(unowned.pointer) }
    }

    deinit { EVP_PKEY_free(pointer) }

    /// A private key from PKCS #8, PKCS #1 or SEC 1.
    convenience init(privateDER der: [UInt8]) throws(CryptographyError) {
        ErrorQueue.clear()
        let pointer = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_AutoPrivateKey(nil, &position, bytes.count)
        }
        guard let pointer else {
            ErrorQueue.clear()
            throw .malformed("private key")
        }
        try self.init(owning: pointer)
    }

    /// A public key from its SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    convenience init(publicDER der: [UInt8]) throws(CryptographyError) {
        ErrorQueue.clear()
        let pointer = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_PUBKEY(nil, &position, bytes.count)
        }
        guard let pointer else {
            ErrorQueue.clear()
            throw .malformed("public key")
        }
        try self.init(owning: pointer)
    }

    /// A new private key.
    convenience init(generating kind: KeyKind) throws(CryptographyError) {
        ErrorQueue.clear()
        let pointer =
            switch kind {
            case .rsa(let bits): wallet_generate_rsa(bits)
            case .p256: wallet_generate_p256()
            }
        guard let pointer else { throw ErrorQueue.failure("generate a key") }
        try self.init(owning: pointer)
    }

    /// The SubjectPublicKeyInfo.
    func publicDER() throws(CryptographyError) -> [UInt8] {
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_PUBKEY(pointer, &output)
        guard length > 0, let output else { throw ErrorQueue.failure("encode a public key") }
        defer { wallet_free(output) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    /// The private key as PKCS #8 (RFC 5958), not encrypted.
    func privateDER() throws(CryptographyError) -> [UInt8] {
        guard let info = EVP_PKEY2PKCS8(pointer) else { throw ErrorQueue.failure("encode a private key") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_PKCS8_PRIV_KEY_INFO(info, &output)
        guard length > 0, let output else { throw ErrorQueue.failure("encode a private key") }
        defer { wallet_clear_free(output, Int(length)) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    /// Whether two keys have the same public half.
    func hasSamePublicKey(as other: KeyHandle) -> Bool {
        EVP_PKEY_eq(pointer, other.pointer) == 1
    }

    /// The signature of a SHA-256 digest: PKCS #1 v1.5, or ECDSA as DER.
    func sign(digest: [UInt8]) throws(CryptographyError) -> [UInt8] {
        ErrorQueue.clear()
        let length = Int(EVP_PKEY_get_size(pointer))
        let signature = signing.withContext { $0.sign(digest, maximumLength: length) }
        guard let signature else { throw ErrorQueue.failure("sign") }
        return signature
    }

    /// Whether a signature is the digest's.
    func isValid(_ signature: [UInt8], digest: [UInt8]) -> Bool {
        defer { ErrorQueue.clear() }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_verify_init(context) == 1, SigningContext.configure(context, for: pointer) else { return false }
        return EVP_PKEY_verify(context, signature, signature.count, digest, digest.count) == 1
    }

    private static func kind(of pointer: OpaquePointer) throws(CryptographyError) -> KeyKind {
        switch EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_RSA:
            let bits = Int(EVP_PKEY_get_bits(pointer))
            guard bits >= 2048 else {
                throw .unsupportedKey(reason: "an RSA key needs at least 2048 bits, this one has \(bits)")
            }
            return .rsa(bits: bits)
        case EVP_PKEY_EC:
            var name = [CChar](repeating: 0, count: 80)
            var length = 0
            guard EVP_PKEY_get_group_name(pointer, &name, name.count, &length) == 1,
                name.prefix(length).elementsEqual("prime256v1".utf8CString.dropLast())
            else { throw .unsupportedKey(reason: "its elliptic curve is not P-256") }
            return .p256
        default:
            throw .unsupportedKey(reason: "it is neither RSA nor on the elliptic curve P-256")
        }
    }
}

/// Carries a pointer into the closure that makes contexts.
private struct UncheckedPointer: @unchecked Sendable {
    // Unchecked: what it points to is a KeyHandle's, with that type's reason.
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }
}

private final class SigningContext: @unchecked Sendable {
    // Unchecked: the pool lends a context to one thread at a time.
    private let pointer: OpaquePointer

    init(_ key: OpaquePointer) {
        guard let pointer = EVP_PKEY_CTX_new_from_pkey(nil, key, nil), EVP_PKEY_sign_init(pointer) == 1,
            Self.configure(pointer, for: key)
        else { fatalError("OpenSSL has no memory for a signature.") }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_CTX_free(pointer) }

    static func configure(_ context: OpaquePointer, for key: OpaquePointer) -> Bool {
        guard wallet_set_sha256(context) == 1 else { return false }
        return EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA
            || EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
    }

    func sign(_ digest: [UInt8], maximumLength: Int) -> [UInt8]? {
        var isDone = false
        let signature = [UInt8](unsafeUninitializedCapacity: maximumLength) { output, count in
            var length = maximumLength
            isDone = EVP_PKEY_sign(pointer, output.baseAddress, &length, digest, digest.count) == 1
            count = isDone ? length : 0
        }
        return isDone ? signature : nil
    }
}
