import CCurl
import HTTPTypes

extension EasyHandle {
    /// Sets all that a transfer needs.
    func prepare(_ transfer: Transfer, _ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        try setReceiver(transfer)
        if configuration.permitsAddress != nil { try setSocketOpener(transfer) }
        try setConnection(configuration)
        try setTrust(configuration)
        try setTarget(transfer.request)
        try setMethod(transfer.request)
        try setHeaders(transfer.request)
    }

    private func setConnection(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        try set(CURLOPT_NOSIGNAL, 1)
        // A transfer that ends while its name is looked up must not hold the thread until the answer comes.
        try set(CURLOPT_QUICK_EXIT, 1)
        // A replica that goes takes its address along; libcurl would go there for a minute.
        try set(CURLOPT_DNS_CACHE_TIMEOUT, 1)
        // A package comes in two pieces instead of seven.
        try set(CURLOPT_BUFFERSIZE, 64 << 10)
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, configuration.connectTimeout.wholeMilliseconds))
        try set(CURLOPT_MAXAGE_CONN, max(1, configuration.idleTimeout.wholeMilliseconds / 1000))
        try set(CURLOPT_USERAGENT, configuration.userAgent)
    }

    private func setTrust(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = configuration.caFile {
            try set(CURLOPT_CAINFO, file)
            // Debian's libcurl would trust the system's authorities beside the file.
            try set(CURLOPT_CAPATH, nil)
        }
        switch (configuration.clientCertificatePEM, configuration.clientKeyPEM) {
        case (nil, nil): break
        case (let certificate?, let key?):
            try set(CURLOPT_SSLCERTTYPE, "PEM")
            try set(CURLOPT_SSLCERT_BLOB, certificate)
            try set(CURLOPT_SSLKEYTYPE, "PEM")
            try set(CURLOPT_SSLKEY_BLOB, key)
            // Without it OpenSSL asks the terminal for the password of an encrypted key.
            try set(CURLOPT_KEYPASSWD, "")
        default: throw .unusableClientCertificate
        }
    }

    private func setTarget(_ request: HTTPClientRequest) throws(HTTPClientError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_URL, request.url)
        if request.acceptsGzip { try set(CURLOPT_ACCEPT_ENCODING, "gzip") }
        guard request.followsRedirects, request.method == .get || request.method == .head else { return }
        try set(CURLOPT_FOLLOWLOCATION, 1)
        try set(CURLOPT_MAXREDIRS, 10)
        try set(CURLOPT_REDIR_PROTOCOLS_STR, RequestCheck.isSecure(request.url) ? "https" : "http,https")
    }

    private func setMethod(_ request: HTTPClientRequest) throws(HTTPClientError) {
        switch request.method {
        case .get: try set(CURLOPT_HTTPGET, 1)
        case .head: try set(CURLOPT_NOBODY, 1)
        default:
            // RFC 9110 §8.6: a method that gives an empty body a meaning says that it is empty.
            let hasBody = !request.body.isEmpty || [.post, .put, .patch].contains(request.method)
            if hasBody { try setBody(request.body) }
            if request.method != .post { try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        }
    }

    private func setHeaders(_ request: HTTPClientRequest) throws(HTTPClientError) {
        for field in request.headers {
            try add(field: field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // What libcurl would add by itself.
        try add(field: "Expect:")
        if request.headers["Content-Type"] == nil { try add(field: "Content-Type:") }
        try setFields()
    }
}

extension Duration {
    /// Milliseconds, rounded up.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let fraction = Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        return seconds > Int64(Int32.max) ? Int(Int32.max) : Int(seconds) * 1000 + fraction
    }
}
