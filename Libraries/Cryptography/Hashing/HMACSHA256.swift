import COpenSSL

/// HMAC with SHA-256 (RFC 2104) under one key; safe to use from many threads at once.
public final class HMACSHA256: Sendable {
    /// The length of an authentication code in bytes.
    public static let length = 32

    private let contexts: ContextPool<MACContext>

    /// Keeps the key's inner and outer states, so that each message costs its own blocks only.
    public init(key: [UInt8]) {
        let template = MACContext(key: key)
        contexts = ContextPool { template.copy() }
    }

    /// The authentication code of a message, 32 bytes.
    public func authenticate(_ message: [UInt8]) -> [UInt8] {
        contexts.withContext { $0.authenticate(message) }
    }

    /// Whether a code is the message's, compared in constant time.
    public func isValid(_ code: [UInt8], for message: [UInt8]) -> Bool {
        constantTimeEquals(code, authenticate(message))
    }
}

private final class MACContext: @unchecked Sendable {
    // Unchecked: the pool lends a context to one thread at a time; the template is only copied from.
    private let pointer: OpaquePointer

    private static let algorithm = MACAlgorithm()

    init(key: [UInt8]) {
        guard let pointer = EVP_MAC_CTX_new(Self.algorithm.pointer) else {
            fatalError("OpenSSL has no memory for an HMAC.")
        }
        self.pointer = pointer
        let result = wallet_hmac_init(pointer, "SHA256", key, key.count)
        precondition(result == 1, "OpenSSL refused the key of an HMAC.")
    }

    private init(copying other: MACContext) {
        guard let pointer = EVP_MAC_CTX_dup(other.pointer) else {
            fatalError("OpenSSL has no memory for an HMAC.")
        }
        self.pointer = pointer
    }

    deinit { EVP_MAC_CTX_free(pointer) }

    func copy() -> MACContext {
        MACContext(copying: self)
    }

    func authenticate(_ message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: HMACSHA256.length) { output, count in
            // Without a key the context begins anew with the one it has.
            let isDone =
                EVP_MAC_init(pointer, nil, 0, nil) == 1
                && EVP_MAC_update(pointer, message, message.count) == 1
                && EVP_MAC_final(pointer, output.baseAddress, &count, HMACSHA256.length) == 1
            precondition(isDone && count == HMACSHA256.length, "OpenSSL did not finish an HMAC.")
        }
    }
}

private final class MACAlgorithm: @unchecked Sendable {
    // Unchecked: a fetched EVP_MAC is never written again.
    let pointer: OpaquePointer

    init() {
        guard let pointer = EVP_MAC_fetch(nil, "HMAC", nil) else {
            fatalError("OpenSSL's default provider has no HMAC.")
        }
        self.pointer = pointer
    }

    deinit { EVP_MAC_free(pointer) }
}
