/// The thread of a client: moves the bytes of all connections and decides which request goes where.
///
/// Unchecked: everything but the inbox belongs to the thread once that has started.
final class ClientLoop: @unchecked Sendable {
    typealias Instant = ContinuousClock.Instant

    /// Connections that ended one after the other without an answer, from which on nobody is left waiting.
    static let maximumVainEnds = 3

    let configuration: HTTP2ClientConfiguration
    let inbox: ClientInbox
    let context: TLSContext
    let poller: Poller
    let buffers = Transport.Buffers()

    var connections: [Int: ClientConnection] = [:]
    /// Those whose requests may start, the oldest first.
    var usable: [ClientConnection] = []
    var nextConnectionID = 0
    var pace: ReconnectPace
    /// Until when a connection whose name is being looked up must be there.
    var resolving: Instant?
    var vainEnds = 0

    var waiting = ExchangeQueue()
    /// No request's deadline comes before it.
    var nextDeadline: Instant?
    var stopDeadline: Instant?

    init(configuration: HTTP2ClientConfiguration) throws(HTTP2Error) {
        context = try TLSContext(trusting: configuration.trustedCertificates, identity: configuration.identity)
        var configuration = configuration
        // The key is OpenSSL's from now on.
        configuration.identity = nil
        self.configuration = configuration
        poller = try Poller()
        inbox = ClientInbox(poller: poller)
        pace = ReconnectPace(first: configuration.firstReconnectPause, longest: configuration.longestReconnectPause)
    }

    // MARK: Any thread

    func submit(_ exchange: Exchange) {
        let isTaken = inbox.submit(exchange) {
            let context = Unmanaged.passRetained(self)
            let isStarted = DetachedThread.start(context.toOpaque()) { context in
                if let context { Unmanaged<ClientLoop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }
            if !isStarted { context.release() }
            return isStarted
        }
        if !isTaken { exchange.finish(.failure(.closed(wasSent: false))) }
    }

    // MARK: The thread

    private func run() {
        while true {
            takeInbox()
            if isStopped(.now) { break }
            startWaiting()
            // A connection whose farewell has come ends here, before another is opened in its place.
            flushConnections()
            openConnectionIfNeeded(.now)
            let mayWait = inbox.mayWait(free: freeStreams - waiting.count)
            let ready = poller.wait(milliseconds: mayWait ? milliseconds(until: nextEvent, from: .now) : 0)
            let now = Instant.now
            for readiness in ready { progress(readiness, now) }
            finishOverdue(now)
        }
        end()
    }

    private func takeInbox() {
        let content = inbox.take()
        for exchange in content.submitted { accept(exchange) }
        for exchange in content.cancelled { cancel(exchange) }
        if let resolved = content.resolved { connect(to: resolved, .now) }
        if let deadline = content.stopDeadline { stopDeadline = min(deadline, stopDeadline ?? deadline) }
    }

    private func accept(_ exchange: Exchange) {
        guard !exchange.isCancelled.load(ordering: .sequentiallyConsistent) else {
            return exchange.finish(.failure(.cancelled(wasSent: false)))
        }
        waiting.append(exchange)
        nextDeadline = min(nextDeadline ?? exchange.deadline, exchange.deadline)
    }

    private func cancel(_ exchange: Exchange) {
        // One that has ended meanwhile, or is not accepted yet, has its outcome.
        if !exchange.isFinished { end(exchange, .cancelled(wasSent: exchange.isSent)) }
    }

    /// Ends a request that waits or whose stream is open.
    func end(_ exchange: Exchange, _ error: HTTP2Error) {
        if let id = exchange.connectionID {
            connections[id]?.session.cancel(exchange)
            connections[id]?.needsFlush = true
        } else {
            waiting.noteFinished()
        }
        exchange.finish(.failure(error))
    }

    /// Starts requests that wait while there are streams, on the oldest connection first, so that few are used.
    private func startWaiting() {
        var index = 0
        while !waiting.isEmpty, index < usable.count {
            let connection = usable[index]
            while connection.session.freeStreams > 0, let exchange = waiting.popFirst() {
                start(exchange, on: connection)
            }
            index += 1
        }
    }

    private func start(_ exchange: Exchange, on connection: ClientConnection) {
        connection.needsFlush = true
        guard connection.session.start(exchange) else { return waiting.putBack([exchange]) }
        exchange.connectionID = connection.id
    }

    /// Streams that could start now, those of requests that wait included.
    private var freeStreams: Int {
        guard connections.values.contains(where: { $0.isEstablished && !$0.session.isEnding }) else { return 1 }
        return usable.reduce(0) { $0 + $1.session.freeStreams }
    }

    // MARK: The end

    private func isStopped(_ now: Instant) -> Bool {
        guard let stopDeadline else { return false }
        return stopDeadline <= now || waiting.isEmpty && connections.values.allSatisfy { $0.session.openStreams == 0 }
    }

    private func end() {
        for connection in connections.values.sorted(by: { $0.id < $1.id }) {
            let exchanges = connection.session.exchanges
            connection.session.terminate(.noError)
            // A server that is gone does not hear it.
            try? connection.flush()
            connection.transport.close()
            for exchange in exchanges { exchange.finish(.failure(.closed(wasSent: exchange.isSent))) }
        }
        connections = [:]
        usable = []
        let left = waiting.removeAll() + inbox.end()
        for exchange in left { exchange.finish(.failure(.closed(wasSent: false))) }
    }
}
