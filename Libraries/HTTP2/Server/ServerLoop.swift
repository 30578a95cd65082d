import Glibc
import Synchronization

/// The thread of a server.
///
/// Unchecked: everything but the inbox belongs to the thread once that has started.
final class ServerLoop: @unchecked Sendable {
    typealias Instant = ContinuousClock.Instant

    static let listenerToken: UInt64 = 0

    var configuration: HTTP2ServerConfiguration
    let handler: HTTP2Server.Handler
    let inbox: ServerInbox
    let context: TLSContext
    let poller: Poller
    let buffers = Transport.Buffers()

    var listener: Socket?
    var connections: [Int: ServerConnection] = [:]
    var nextConnectionID = 0
    var counts = HTTP2ServerCounts()
    var delayed = CommandQueue()
    var stopDeadline: Instant?
    /// The thread's own number, 0 before its start.
    private let thread = Atomic<UInt>(0)

    init(configuration: HTTP2ServerConfiguration, handler: @escaping HTTP2Server.Handler) throws(HTTP2Error) {
        self.configuration = configuration
        self.handler = handler
        context = try TLSContext(
            identity: configuration.identity, clientCertificates: configuration.clientCertificates)
        poller = try Poller()
        inbox = ServerInbox(poller: poller)
    }

    // MARK: Any thread

    func start() throws(HTTP2Error) {
        guard let address = SocketAddress(numeric: configuration.address, port: configuration.port) else {
            throw .systemFailed(reason: "\(configuration.address) is no IP address")
        }
        let socket: Socket
        do throws(Socket.Failure) {
            socket = try Socket.listening(at: address)
        } catch {
            throw .systemFailed(reason: error.reason)
        }
        let isStarted = inbox.start(port: socket.port) {
            listener = socket
            let context = Unmanaged.passRetained(self)
            let isStarted = DetachedThread.start(context.toOpaque()) { context in
                if let context { Unmanaged<ServerLoop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }
            if !isStarted { context.release() }
            return isStarted
        }
        guard isStarted else { throw .systemFailed(reason: "the server was started before, or there is no thread") }
    }

    /// Does something, at once when a handler asks for it.
    func perform(_ command: ServerCommand) {
        if thread.load(ordering: .relaxed) == pthread_self() {
            execute(command)
        } else {
            inbox.add(command)
        }
    }

    // MARK: The thread

    private func run() {
        thread.store(pthread_self(), ordering: .relaxed)
        if let listener { poller.add(listener, token: Self.listenerToken, forWriting: false) }
        while true {
            let now = Instant.now
            while let command = delayed.popDue(at: now) { execute(command) }
            for command in inbox.take() { execute(command) }
            if isStopped(now) { break }
            // Before any answer leaves: whoever has it finds it counted.
            inbox.publish(counts)
            flushConnections()
            let mayWait = inbox.mayWait(counts)
            let ready = poller.wait(milliseconds: mayWait ? milliseconds(until: nextEvent, from: .now) : 0)
            for readiness in ready { progress(readiness) }
            endOverdueHandshakes(.now)
        }
        for (id, connection) in connections { close(id, connection) }
        listener = nil
        inbox.end(counts)
    }

    private var nextEvent: Instant? {
        let handshakes = connections.values.filter { $0.handle == nil }.map(\.handshakeDeadline)
        return (handshakes + [delayed.next, stopDeadline].compactMap { $0 }).min()
    }

    private func isStopped(_ now: Instant) -> Bool {
        guard let stopDeadline else { return false }
        return stopDeadline <= now || connections.values.allSatisfy { $0.session.openStreams == 0 }
    }

    // MARK: Commands

    private func execute(_ command: ServerCommand) {
        switch command {
        case .respond(let id, let stream, let response):
            with(id) { $0.session.respond(stream, response) }
        case .reset(let id, let stream, let code):
            with(id) { $0.session.reset(stream, code) }
        case .setMaximumStreams(let id, let count): setMaximumStreams(id, count)
        case .goAway(let id, let last, let code, let data):
            with(id) { connection in
                connection.isGoingAway = true
                connection.session.goAway(last: last.map { Int32(clamping: $0) }, code, debugData: data)
            }
        case .drop(let id):
            with(id) { connection in
                connection.transport.socket.abort()
                close(id, connection, inSilence: true)
            }
        case .later(let time, let command): delayed.add(command, at: time)
        case .stop(let deadline): stop(until: deadline)
        }
    }

    private func with(_ id: Int, _ body: (ServerConnection) -> Void) {
        guard let connection = connections[id] else { return }
        connection.needsFlush = true
        body(connection)
    }

    private func setMaximumStreams(_ id: Int?, _ count: Int) {
        if let id { return with(id) { $0.session.setMaximumConcurrentStreams(count) } }
        configuration.maximumConcurrentStreams = max(0, count)
        for id in connections.keys { with(id) { $0.session.setMaximumConcurrentStreams(count) } }
    }

    private func stop(until deadline: Instant) {
        stopDeadline = min(deadline, stopDeadline ?? deadline)
        if let listener { poller.remove(listener) }
        listener = nil
        for connection in connections.values where !connection.isGoingAway {
            connection.isGoingAway = true
            connection.session.goAway(last: nil, .noError, debugData: [])
            connection.needsFlush = true
        }
    }
}
