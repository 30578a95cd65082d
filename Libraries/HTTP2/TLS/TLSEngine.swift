import COpenSSL

/// One TLS connection without I/O: what came from the socket goes in, what is for the socket comes out.
final class TLSEngine {
    private let connection: OpaquePointer
    /// Belong to the connection.
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer

    /// Whether the handshake is done.
    private(set) var isOpen = false

    /// The client's side; the server must have a certificate for the host, a name or an address.
    init(client context: TLSContext, host: String) throws(HTTP2Error) {
        (connection, incoming, outgoing) = try Self.make(context)
        SSL_set_connect_state(connection)
        let parameters = SSL_get0_param(connection)
        var isSet = X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1
        if !isSet {
            X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            isSet = SSL_set1_host(connection, host) == 1 && wallet_ssl_set_name(connection, host) == 1
        }
        // Here 0 is success.
        let isOffered = SSL_set_alpn_protos(connection, [2, 0x68, 0x32], 3) == 0
        guard isSet, isOffered else { throw .systemFailed(reason: TLSErrors.take()) }
    }

    /// The server's side.
    init(server context: TLSContext) throws(HTTP2Error) {
        (connection, incoming, outgoing) = try Self.make(context)
        SSL_set_accept_state(connection)
    }

    deinit {
        SSL_free(connection)
    }

    private static func make(
        _ context: TLSContext
    ) throws(HTTP2Error) -> (OpaquePointer, OpaquePointer, OpaquePointer) {
        guard let connection = context.makeConnection(), let incoming = BIO_new(BIO_s_mem()),
            let outgoing = BIO_new(BIO_s_mem())
        else { throw .systemFailed(reason: "no memory for a TLS connection") }
        SSL_set_bio(connection, incoming, outgoing)
        return (connection, incoming, outgoing)
    }

    // MARK: The socket's side

    /// Takes bytes that came.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        // A memory BIO grows as it must.
        BIO_write(incoming, bytes.baseAddress, Int32(bytes.count))
    }

    /// Appends the bytes that are to be sent.
    func takeOutput(into output: inout [UInt8]) {
        var data: UnsafeMutablePointer<CChar>?
        let count = wallet_bio_data(outgoing, &data)
        guard count > 0 else { return }
        output.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
        BIO_ctrl(outgoing, BIO_CTRL_RESET, 0, nil)
    }

    // MARK: The session's side

    /// Goes on with the handshake; true once it is done.
    func shakeHands() throws(TLSFailure) -> Bool {
        TLSErrors.clear()
        let code = SSL_do_handshake(connection)
        guard code != 1 else {
            isOpen = true
            return true
        }
        guard SSL_get_error(connection, code) == SSL_ERROR_WANT_READ else { throw failure() }
        return false
    }

    /// Fills the buffer with what the other side wrote; nil when more must come first, 0 when it said goodbye.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> Int? {
        TLSErrors.clear()
        let count = SSL_read(connection, buffer.baseAddress, Int32(buffer.count))
        if count > 0 { return Int(count) }
        switch SSL_get_error(connection, count) {
        case SSL_ERROR_WANT_READ: return nil
        case SSL_ERROR_ZERO_RETURN: return 0
        default: throw failure()
        }
    }

    func write(_ bytes: [UInt8]) throws(TLSFailure) {
        TLSErrors.clear()
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                SSL_write(connection, $0.baseAddress?.advanced(by: offset), Int32($0.count - offset))
            }
            guard count > 0 else { throw failure() }
            offset += Int(count)
        }
    }

    /// Says goodbye.
    func close() {
        TLSErrors.clear()
        if isOpen { SSL_shutdown(connection) }
        TLSErrors.clear()
    }

    private func failure() -> TLSFailure {
        let words = TLSErrors.take()
        let verdict = SSL_get_verify_result(connection)
        if SSL_is_server(connection) == 0, verdict != Int(X509_V_OK) { return .untrusted(Self.words(verdict)) }
        return .failed(words)
    }

    private static func words(_ verdict: Int) -> String {
        X509_verify_cert_error_string(verdict).map { String(cString: $0) } ?? "error \(verdict)"
    }

    // MARK: The other side

    /// Whether HTTP/2 was agreed on.
    var speaksHTTP2: Bool {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(connection, &name, &count)
        return UnsafeBufferPointer(start: name, count: Int(count)).elementsEqual([0x68, 0x32])
    }

    /// The certificate that the other side showed, and what OpenSSL thinks of it.
    var peerCertificate: HTTP2PeerCertificate? {
        guard let certificate = SSL_get1_peer_certificate(connection) else { return nil }
        defer { X509_free(certificate) }
        let count = i2d_X509(certificate, nil)
        guard count > 0 else { return nil }
        let der = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, written in
            var position = buffer.baseAddress
            written = Int(max(0, i2d_X509(certificate, &position)))
        }
        let verdict = SSL_get_verify_result(connection)
        return HTTP2PeerCertificate(der: der, fault: verdict == Int(X509_V_OK) ? nil : Self.words(verdict))
    }
}
