import Cryptography
import HTTP2
import Synchronization

/// What client certificates say about those who show them; each is read once for a connection.
final class ClientIdentities: Sendable {
    /// Who a client is.
    enum Identity: Sendable, Hashable {
        /// No certificate was shown: a provider token must say who it is.
        case unknown
        /// May push to this topic.
        case topic(String)
        /// The certificate is worth nothing.
        case refused
    }

    private let known = Mutex<[Int: Identity]>([:])

    func identity(of connection: HTTP2ServerConnection) -> Identity {
        guard let certificate = connection.peerCertificate else { return .unknown }
        return known.withLock { known in
            if let identity = known[connection.id] { return identity }
            // Connections come and go; a certificate is read again when its connection was forgotten.
            if known.count > 4_096 { known.removeAll() }
            let identity = Self.read(certificate)
            known[connection.id] = identity
            return identity
        }
    }

    private static func read(_ certificate: HTTP2PeerCertificate) -> Identity {
        guard certificate.fault == nil else { return .refused }
        do {
            return try Certificate(der: certificate.der).subjectUID.map { .topic($0) } ?? .refused
        } catch {
            return .refused
        }
    }
}
