import COpenSSL

/// Opens encrypted keys and PKCS #12 files in a library context of its own, whose old ciphers (RC2, single DES) nothing
/// else in the process can reach.
final class LegacyContext: @unchecked Sendable {
    // Unchecked: a library context is made for use from many threads; it does not change after the providers are loaded.
    private let context: OpaquePointer
    private let providers: [OpaquePointer]

    static let shared = LegacyContext()

    private init() {
        guard let context = OSSL_LIB_CTX_new() else { fatalError("OpenSSL has no memory for a library context.") }
        self.context = context
        // The legacy provider is a file that an image may lack; what needs it is then refused as unsupported.
        providers = ["default", "legacy"].compactMap { (name: String) in OSSL_PROVIDER_load(context, name) }
        ErrorQueue.clear()
    }

    deinit {
        for provider in providers { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(context)
    }

    /// The PKCS #8 structure inside of an encrypted one.
    func decryptPKCS8(_ der: [UInt8], password: String) throws(CryptographyError) -> [UInt8] {
        ErrorQueue.clear()
        let encrypted = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_X509_SIG(nil, &position, bytes.count)
        }
        guard let encrypted else {
            ErrorQueue.clear()
            throw .malformed("encrypted private key")
        }
        defer { X509_SIG_free(encrypted) }
        guard let info = PKCS8_decrypt_ex(encrypted, password, Int32(password.utf8.count), context, nil) else {
            throw Self.isUnsupported(ErrorQueue.drain()) ? .unsupportedEncryption : .wrongPassword
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_PKCS8_PRIV_KEY_INFO(info, &output)
        guard length > 0, let output else { throw ErrorQueue.failure("decode a private key") }
        defer { wallet_clear_free(output, Int(length)) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    /// The key of a PEM text with `Proc-Type: 4,ENCRYPTED` (RFC 1421), as PKCS #8.
    func decryptTraditional(pem: String, password: String) throws(CryptographyError) -> [UInt8] {
        ErrorQueue.clear()
        var text = Array(pem.utf8) + [UInt8(ascii: "\n")]
        defer { cleanse(&text) }
        let key = text.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let reader = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
            defer { BIO_free(reader) }
            return password.withCString { password in
                PEM_read_bio_PrivateKey_ex(reader, nil, nil, UnsafeMutableRawPointer(mutating: password), context, nil)
            }
        }
        guard let key else {
            ErrorQueue.clear()
            throw .wrongPassword
        }
        defer { EVP_PKEY_free(key) }
        return try Self.pkcs8(of: key)
    }

    /// Key, certificate and further certificates of a PKCS #12 file (RFC 7292), each in DER.
    func openPKCS12(_ der: [UInt8], password: String) throws(CryptographyError) -> PKCS12Content {
        ErrorQueue.clear()
        // An object that already has the context makes the decoder use it for all that is inside.
        var file = PKCS12_init_ex(NID_pkcs7_data, context, nil)
        defer { PKCS12_free(file) }
        let isRead = der.withUnsafeBytes { bytes in
            guard let reader = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return false }
            defer { BIO_free(reader) }
            return d2i_PKCS12_bio(reader, &file) != nil
        }
        guard isRead else {
            ErrorQueue.clear()
            throw .malformed("PKCS#12 file")
        }
        var key: OpaquePointer?
        var certificate: OpaquePointer?
        var others: OpaquePointer?
        guard PKCS12_parse(file, password, &key, &certificate, &others) == 1 else {
            throw Self.pkcs12Fault(ErrorQueue.drain())
        }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
            wallet_x509_stack_free(others)
        }
        guard let key else { throw .noPrivateKey }
        guard let certificate else { throw .noCertificate }
        var chain: [[UInt8]] = []
        for index in 0..<wallet_x509_stack_count(others) {
            chain.append(try Self.der(of: wallet_x509_stack_value(others, index)))
        }
        return PKCS12Content(key: try Self.pkcs8(of: key), certificate: try Self.der(of: certificate), chain: chain)
    }

    private static func pkcs12Fault(_ errors: [ErrorQueue.Entry]) -> CryptographyError {
        if errors.contains(where: { $0.library == ERR_LIB_PKCS12 && $0.reason == PKCS12_R_MAC_VERIFY_FAILURE }) {
            return .wrongPKCS12Password
        }
        if isUnsupported(errors) { return .unsupportedEncryption }
        return .malformed("PKCS#12 file")
    }

    private static func isUnsupported(_ errors: [ErrorQueue.Entry]) -> Bool {
        errors.contains(where: \.isUnsupportedAlgorithm)
    }

    private static func pkcs8(of key: OpaquePointer) throws(CryptographyError) -> [UInt8] {
        guard let info = EVP_PKEY2PKCS8(key) else { throw ErrorQueue.failure("decode a private key") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_PKCS8_PRIV_KEY_INFO(info, &output)
        guard length > 0, let output else { throw ErrorQueue.failure("decode a private key") }
        defer { wallet_clear_free(output, Int(length)) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    private static func der(of certificate: OpaquePointer?) throws(CryptographyError) -> [UInt8] {
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_X509(certificate, &output)
        guard length > 0, let output else { throw ErrorQueue.failure("decode a certificate") }
        defer { wallet_free(output) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }
}

/// What a PKCS #12 file holds; whoever takes it cleanses the key.
struct PKCS12Content {
    var key: [UInt8]
    let certificate: [UInt8]
    let chain: [[UInt8]]
}
