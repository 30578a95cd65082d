/// One connection of a server.
final class ServerConnection {
    let session: ServerSession
    let transport: Transport
    let handshakeDeadline: ContinuousClock.Instant
    /// How the handler sees it, once the handshake is done.
    private(set) var handle: HTTP2ServerConnection?
    /// Whether the poller was asked to tell when the socket can be written.
    var isWritingWatched = false
    var needsFlush = false
    var isGoingAway = false

    private let id: Int

    init(id: Int, session: ServerSession, transport: Transport, handshakeDeadline: ContinuousClock.Instant) {
        self.id = id
        self.session = session
        self.transport = transport
        self.handshakeDeadline = handshakeDeadline
    }

    /// Reads what came; throws what ended the connection.
    func receive() throws(TransportEnd) {
        needsFlush = true
        try transport.receive(for: session)
    }

    /// The handle, made when the handshake has just been done.
    func makeHandle(_ loop: ServerLoop) -> HTTP2ServerConnection? {
        guard handle == nil, transport.isOpen else { return nil }
        handle = HTTP2ServerConnection(id: id, peerCertificate: transport.peerCertificate, loop: loop)
        return handle
    }

    /// Sends what there is; throws what ended the connection.
    func flush() throws(TransportEnd) {
        needsFlush = false
        try transport.flush(session)
        if session.isOver, !transport.hasUnsent { throw .closed }
    }
}
