/// Why a connection has ended.
enum TransportEnd: Error, Hashable {
    /// The other side ended it.
    case closed
    /// The system ended it; its words.
    case failed(String)
    /// TLS cannot go on.
    case tls(TLSFailure)
    /// The other side does not speak HTTP/2, or not as it should.
    case protocolViolated
}
