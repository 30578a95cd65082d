import COpenSSL

/// Requests for a certificate, as far as telling one from other things.
enum CertificateRequestHandle {
    /// Whether bytes are a request in DER (PKCS #10).
    static func isRequest(_ der: [UInt8]) -> Bool {
        defer { ErrorQueue.clear() }
        let request = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_X509_REQ(nil, &position, bytes.count)
        }
        guard let request else { return false }
        X509_REQ_free(request)
        return true
    }
}
