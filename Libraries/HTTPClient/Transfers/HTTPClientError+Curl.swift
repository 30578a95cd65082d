import CCurl

extension HTTPClientError {
    /// Names the fault of a transfer that libcurl ended.
    init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: .invalidRequest(.url)
            case CURLE_COULDNT_RESOLVE_HOST: .unresolvable
            case CURLE_COULDNT_CONNECT: .connectFailed
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS: .untrustedServer
            case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: .handshakeFailed
            case CURLE_SSL_CERTPROBLEM: .unusableClientCertificate
            case CURLE_SSL_CACERT_BADFILE: .unreadableAuthorities
            case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .connectionLost
            case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING:
                .malformedResponse
            case CURLE_TOO_MANY_REDIRECTS: .redirectRefused
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            default: .failed(code: Int(code.rawValue))
            }
    }
}
