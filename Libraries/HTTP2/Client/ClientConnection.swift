/// One connection of a client's pool, from the first attempt to connect to its end.
final class ClientConnection {
    typealias Instant = ContinuousClock.Instant

    let id: Int
    let session: ClientSession
    private(set) var transport: Transport
    private var remaining: ArraySlice<SocketAddress>
    private let context: TLSContext
    private let host: String
    private let buffers: Transport.Buffers
    private var isConnected = false

    /// Until when it must have the server's settings.
    let connectDeadline: Instant
    /// Until when this address has time to accept the connection.
    private(set) var addressDeadline: Instant
    /// When something came last.
    private(set) var lastReceived: Instant
    /// When the answer to a ping must be there.
    var pingDeadline: Instant?
    /// Whether a request was answered on it.
    var hasAnswered = false
    /// Whether the poller was asked to tell when the socket can be written.
    var isWritingWatched = true
    /// Whether the session may have something to send.
    var needsFlush = false

    /// Begins to connect to the first of the addresses that lets us; there must be one.
    init(
        id: Int, addresses: [SocketAddress], context: TLSContext, configuration: HTTP2ClientConfiguration,
        session: ClientSession, buffers: Transport.Buffers, now: Instant, connectDeadline: Instant
    ) throws(HTTP2Error) {
        self.id = id
        self.session = session
        self.context = context
        self.buffers = buffers
        self.connectDeadline = connectDeadline
        host = configuration.host
        lastReceived = now
        (transport, remaining) = try Self.connect(to: addresses[...], context, host, buffers)
        addressDeadline = now
        addressDeadline = shareOfTime(now)
    }

    /// Whether the server's settings have come, so that requests may start.
    var isEstablished: Bool { session.hasSettings }

    // MARK: Connecting

    private static func connect(
        to addresses: ArraySlice<SocketAddress>, _ context: TLSContext, _ host: String, _ buffers: Transport.Buffers
    ) throws(HTTP2Error) -> (Transport, ArraySlice<SocketAddress>) {
        var reason = "it has no address"
        var remaining = addresses
        while let address = remaining.popFirst() {
            let engine = try TLSEngine(client: context, host: host)
            do throws(Socket.Failure) {
                let socket = try Socket.connecting(to: address)
                return (Transport(socket: socket, engine: engine, buffers: buffers), remaining)
            } catch {
                reason = error.reason
            }
        }
        throw .connectFailed(reason: reason)
    }

    /// Goes on to the next address, with a new socket; throws when there is none.
    func tryNextAddress(after error: HTTP2Error, now: Instant) throws(HTTP2Error) {
        guard !isConnected, !remaining.isEmpty, now < connectDeadline else { throw error }
        (transport, remaining) = try Self.connect(to: remaining, context, host, buffers)
        addressDeadline = shareOfTime(now)
        isWritingWatched = true
    }

    /// An equal share of the time that is left, so that one address that swallows everything leaves some to the others.
    private func shareOfTime(_ now: Instant) -> Instant {
        now + now.duration(to: connectDeadline) / (remaining.count + 1)
    }

    /// Whether the attempt at this address has taken too long while there are others.
    func isAddressOverdue(_ now: Instant) -> Bool {
        !isConnected && !remaining.isEmpty && addressDeadline <= now
    }

    /// The socket can be read or written; throws what ended the connection.
    func progress(now: Instant, hasReceived: Bool) throws(TransportEnd) {
        if !isConnected {
            if let failure = transport.socket.connectFailure { throw .failed(failure.reason) }
            isConnected = true
            try transport.begin(for: session)
        }
        needsFlush = true
        guard hasReceived else { return }
        lastReceived = now
        pingDeadline = nil
        try transport.receive(for: session)
    }

    /// Sends what there is; throws what ended the connection.
    func flush() throws(TransportEnd) {
        guard isConnected else { return }
        needsFlush = false
        try transport.flush(session)
        if session.isOver, !transport.hasUnsent { throw .closed }
    }

    /// What an end means for those who wait for the connection to be established.
    func connectError(_ end: TransportEnd) -> HTTP2Error {
        switch end {
        case .closed: isConnected ? .handshakeFailed(reason: "the server closed the connection") : notAccepted
        case .failed(let reason): isConnected ? .handshakeFailed(reason: reason) : .connectFailed(reason: reason)
        case .tls(.untrusted(let reason)): .untrustedServer(reason: reason)
        case .tls(.failed(let reason)): .handshakeFailed(reason: reason)
        case .protocolViolated: .notHTTP2
        }
    }

    private var notAccepted: HTTP2Error { .connectFailed(reason: "the server closed the connection") }

    /// What an end means for a request that may have been processed.
    func requestError(wasSent: Bool) -> HTTP2Error {
        session.goAway.map { .goAway($0, wasSent: wasSent) } ?? .connectionLost(wasSent: wasSent)
    }

    // MARK: Life

    /// Asks whether the other side is still there.
    func ping(now: Instant, timeout: Duration) {
        guard pingDeadline == nil else { return }
        session.submitPing()
        pingDeadline = now + timeout
        needsFlush = true
    }

    /// The exchanges that it carried: those that the server cannot have processed, and the others.
    func splitExchanges() -> (repeatable: [Exchange], others: [Exchange]) {
        let last = session.goAway?.lastStreamID ?? Int(Session.lastPossibleStreamID)
        var repeatable: [Exchange] = []
        var others: [Exchange] = []
        for exchange in session.exchanges where !exchange.isFinished {
            if exchange.isSent && Int(exchange.streamID) <= last {
                others.append(exchange)
            } else {
                repeatable.append(exchange)
            }
        }
        return (repeatable, others)
    }
}
