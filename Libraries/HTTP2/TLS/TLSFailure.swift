/// Why TLS cannot go on.
enum TLSFailure: Error, Hashable {
    /// The other side's certificate is not trusted; OpenSSL's words.
    case untrusted(String)
    /// Anything else; OpenSSL's words.
    case failed(String)
}
