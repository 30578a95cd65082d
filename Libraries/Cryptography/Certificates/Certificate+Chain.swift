import COpenSSL

extension Certificate {
    /// Checks signatures, validity and rights from a leaf over intermediates to one of the anchors.
    ///
    /// An anchor need not be a root: whatever is given as one is trusted.
    /// - Parameter seconds: the instant of the check, since 1970.
    public static func verifyChain(
        leaf: Certificate, intermediates: [Certificate], anchors: [Certificate], at seconds: Int
    ) throws(CryptographyError) {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let leafOwner = try CertificateStack([leaf])
        let chain = try CertificateStack(intermediates)
        let trusted = try CertificateStack(anchors)
        guard let store = X509_STORE_new(), let context = X509_STORE_CTX_new() else {
            throw ErrorQueue.failure("check a certificate chain")
        }
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
        }
        for index in 0..<trusted.count {
            guard X509_STORE_add_cert(store, trusted[index]) == 1 else {
                throw ErrorQueue.failure("check a certificate chain")
            }
        }
        guard X509_STORE_CTX_init(context, store, leafOwner[0], chain.pointer) == 1 else {
            throw ErrorQueue.failure("check a certificate chain")
        }
        let parameters = X509_STORE_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_time(parameters, time_t(seconds))
        X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY)
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        X509_STORE_CTX_set_verify_cb(context, tolerateApplesExtensions)
        guard X509_verify_cert(context) == 1 else {
            let depth = Int(X509_STORE_CTX_get_error_depth(context))
            let blamed = chainSubject(at: depth, in: context) ?? leaf.subject
            throw .untrustedChain(subject: blamed, reason: reason(X509_STORE_CTX_get_error(context)))
        }
    }

    private static func chainSubject(at depth: Int, in context: OpaquePointer) -> String? {
        guard let certificate = X509_STORE_CTX_get_current_cert(context) else { return nil }
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_X509(certificate, &output)
        guard length > 0, let output else { return nil }
        defer { wallet_free(output) }
        let der = Array(UnsafeBufferPointer(start: output, count: Int(length)))
        return try? CertificateHandle(der: der).subject  // Only the words of an error depend on it.
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED: "it has expired"
        case X509_V_ERR_CERT_NOT_YET_VALID: "it is not valid yet"
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            "the certificate of its issuer is missing"
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            "it is self-signed and not among the trusted ones"
        case X509_V_ERR_CERT_SIGNATURE_FAILURE: "its signature is not its issuer's"
        case X509_V_ERR_INVALID_CA: "it may not issue certificates"
        case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: "it has a critical extension that is not understood"
        default: String(cString: X509_verify_cert_error_string(Int(code)))
        }
    }
}

/// Certificates parsed for one check.
private struct CertificateStack: ~Copyable {
    let pointer: OpaquePointer

    init(_ certificates: [Certificate]) throws(CryptographyError) {
        guard let stack = wallet_x509_stack_new() else { throw ErrorQueue.failure("check a certificate chain") }
        for certificate in certificates {
            let parsed = certificate.der.withUnsafeBufferPointer { bytes in
                var position = bytes.baseAddress
                return d2i_X509(nil, &position, bytes.count)
            }
            guard let parsed, wallet_x509_stack_push(stack, parsed) > 0 else {
                wallet_x509_stack_free(stack)
                throw .malformed("certificate")
            }
        }
        pointer = stack
    }

    deinit { wallet_x509_stack_free(pointer) }

    var count: Int32 { wallet_x509_stack_count(pointer) }

    subscript(index: Int32) -> OpaquePointer? { wallet_x509_stack_value(pointer, index) }
}

/// Apple marks some of its own extensions critical, which OpenSSL can't know; any other unknown one stays a fault.
private func tolerateApplesExtensions(_ result: Int32, _ context: OpaquePointer?) -> Int32 {
    guard result == 0, X509_STORE_CTX_get_error(context) == X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
        let certificate = X509_STORE_CTX_get_current_cert(context)
    else { return result }
    for index in 0..<X509_get_ext_count(certificate) {
        let candidate = X509_get_ext(certificate, index)
        guard X509_EXTENSION_get_critical(candidate) == 1, X509_supported_extension(candidate) == 0 else { continue }
        var name = [CChar](repeating: 0, count: 80)
        let length = OBJ_obj2txt(&name, Int32(name.count), X509_EXTENSION_get_object(candidate), 1)
        let identifier = name.prefix(Int(min(max(length, 0), 79))).map { UInt8(bitPattern: $0) }
        guard identifier.starts(with: "1.2.840.113635.100.".utf8) else { return 0 }
    }
    return 1
}
