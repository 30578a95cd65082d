import COpenSSL

/// OpenSSL's errors of this thread.
enum ErrorQueue {
    /// Forgets what earlier calls left.
    static func clear() {
        ERR_clear_error()
    }

    /// Takes all errors out, the first one first. Their texts are OpenSSL's constants and hold no data.
    static func drain() -> [Entry] {
        var entries: [Entry] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { return entries }
            let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            entries.append(Entry(library: ERR_GET_LIB(code), reason: ERR_GET_REASON(code), text: text))
        }
    }

    /// The error of an operation, in OpenSSL's words.
    static func failure(_ operation: String) -> CryptographyError {
        .failed(operation: operation, reason: drain().first?.text ?? "unknown reason")
    }

    /// One error.
    struct Entry {
        let library: Int32
        let reason: Int32
        let text: String

        /// Whether no loaded provider knows the algorithm.
        var isUnsupportedAlgorithm: Bool {
            (library == ERR_LIB_EVP && [EVP_R_UNSUPPORTED_ALGORITHM, EVP_R_UNKNOWN_PBE_ALGORITHM].contains(reason))
                || text == "unsupported"
        }
    }
}
