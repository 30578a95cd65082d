import COpenSSL

/// OpenSSL's errors of this thread.
enum TLSErrors {
    static func clear() {
        ERR_clear_error()
    }

    /// What the first error says, in OpenSSL's words, which hold no data.
    static func take() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let text = ERR_reason_error_string(code) else { return "unknown reason" }
        return String(cString: text)
    }
}
