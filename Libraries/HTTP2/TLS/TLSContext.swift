import COpenSSL

/// What all connections of a client or server have in common: whom they trust, and who they are.
///
/// Unchecked: nothing changes it once it is made, and OpenSSL counts its holders itself.
final class TLSContext: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// For a client; the system's authorities are trusted when none are named.
    init(trusting authorities: String?, identity: TLSIdentity?) throws(HTTP2Error) {
        pointer = try Self.make(TLS_client_method()) { (pointer) throws(HTTP2Error) in
            SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
            if let authorities {
                try Self.trust(authorities, in: pointer)
            } else {
                SSL_CTX_set_default_verify_paths(pointer)
            }
            if let identity { try Self.use(identity, in: pointer) }
        }
    }

    /// For a server.
    init(identity: TLSIdentity, clientCertificates: HTTP2ClientCertificates) throws(HTTP2Error) {
        pointer = try Self.make(TLS_server_method()) { (pointer) throws(HTTP2Error) in
            wallet_ssl_choose_h2(pointer)
            switch clientCertificates {
            case .notAsked: break
            case .asked(let authorities):
                SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, acceptAnyCertificate)
                try Self.trust(authorities, in: pointer)
            case .verified(let authorities):
                SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
                try Self.trust(authorities, in: pointer)
            case .required(let authorities):
                SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
                try Self.trust(authorities, in: pointer)
            }
            try Self.use(identity, in: pointer)
        }
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// A connection's state; nil when there is no memory.
    func makeConnection() -> OpaquePointer? {
        SSL_new(pointer)
    }

    private static func make(
        _ method: OpaquePointer?, _ configure: (OpaquePointer) throws(HTTP2Error) -> Void
    ) throws(HTTP2Error) -> OpaquePointer {
        guard let pointer = SSL_CTX_new(method) else { throw .systemFailed(reason: TLSErrors.take()) }
        wallet_ssl_set_up(pointer)
        do throws(HTTP2Error) {
            try configure(pointer)
        } catch {
            SSL_CTX_free(pointer)
            throw error
        }
        return pointer
    }

    private static func trust(_ authorities: String, in pointer: OpaquePointer) throws(HTTP2Error) {
        let store = SSL_CTX_get_cert_store(pointer)
        // A certificate that is there twice is no error.
        let (_, fault) = PEMText.forEachCertificate(in: authorities) { X509_STORE_add_cert(store, $0) == 1 }
        if let fault { throw .unusableAuthorities(reason: fault) }
    }

    private static func use(_ identity: TLSIdentity, in pointer: OpaquePointer) throws(HTTP2Error) {
        var isLeaf = true
        let (_, fault) = PEMText.forEachCertificate(in: identity.certificateChain) { certificate in
            defer { isLeaf = false }
            if isLeaf { return SSL_CTX_use_certificate(pointer, certificate) == 1 }
            return wallet_ssl_add_chain_certificate(pointer, certificate) == 1
        }
        let keyFault =
            fault
            ?? PEMText.withKey(in: identity.privateKey) { key in
                SSL_CTX_use_PrivateKey(pointer, key) == 1 && SSL_CTX_check_private_key(pointer) == 1
            }
        if let keyFault { throw .unusableIdentity(reason: keyFault) }
    }
}

/// Lets the handshake go on; the verdict stays readable.
private func acceptAnyCertificate(_: Int32, _: OpaquePointer?) -> Int32 {
    1
}
