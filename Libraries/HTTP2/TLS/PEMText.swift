import COpenSSL

/// PEM as OpenSSL reads it.
enum PEMText {
    /// Hands each certificate of a text to the body in its order; how many there were, or nil and the reason when one
    /// cannot be read.
    static func forEachCertificate(in text: String, _ body: (OpaquePointer) -> Bool) -> (count: Int, fault: String?) {
        reading(text) { bio in
            var count = 0
            while let certificate = PEM_read_bio_X509(bio, nil, refusePassword, nil) {
                defer { X509_free(certificate) }
                guard body(certificate) else { return (count, TLSErrors.take()) }
                count += 1
            }
            // The end of the text is told as an error: there is no further start line.
            let code = ERR_peek_last_error()
            guard ERR_GET_LIB(code) == ERR_LIB_PEM, ERR_GET_REASON(code) == PEM_R_NO_START_LINE else {
                return (count, TLSErrors.take())
            }
            TLSErrors.clear()
            return (count, count == 0 ? "there is no certificate" : nil)
        }
    }

    /// Hands the private key of a text to the body; the reason when it cannot be read or used.
    static func withKey(in text: String, _ body: (OpaquePointer) -> Bool) -> String? {
        reading(text) { bio in
            guard let key = PEM_read_bio_PrivateKey(bio, nil, refusePassword, nil) else { return TLSErrors.take() }
            defer { EVP_PKEY_free(key) }
            return body(key) ? nil : TLSErrors.take()
        }
    }

    /// Lends the text to OpenSSL without a copy, since it may be a key.
    private static func reading<Outcome>(_ text: String, _ body: (OpaquePointer?) -> Outcome) -> Outcome {
        var text = text
        TLSErrors.clear()
        return text.withUTF8 { bytes in
            // Without memory, or without a text, there is nothing to read, which reading itself will tell.
            let bio = bytes.isEmpty ? BIO_new(BIO_s_mem()) : BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
            defer { BIO_free(bio) }
            return body(bio)
        }
    }
}

/// Without it OpenSSL would ask the terminal for the password of an encrypted key.
private func refusePassword(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 {
    -1
}
