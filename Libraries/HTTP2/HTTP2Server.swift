/// An HTTP/2 server over TLS, as simulators and tests need it: one thread moves the bytes and calls the handler.
public final class HTTP2Server: Sendable {
    /// Is called with each whole request on the server's thread, which it must not block; it may answer later.
    public typealias Handler = @Sendable (HTTP2ServerRequest, HTTP2Responder) -> Void

    private let loop: ServerLoop

    /// Makes a server; faulty PEM is an error here.
    public init(configuration: HTTP2ServerConfiguration, handler: @escaping Handler) throws(HTTP2Error) {
        loop = try ServerLoop(configuration: configuration, handler: handler)
    }

    deinit {
        loop.inbox.stop(deadline: .now)
    }

    /// Binds the address and begins to serve.
    public func start() throws(HTTP2Error) {
        try loop.start()
    }

    /// The port in use, once the server has started.
    public var port: Int { loop.inbox.port }

    /// What has happened so far.
    public var counts: HTTP2ServerCounts { loop.inbox.counts }

    /// The connections that are open now.
    public var connections: [HTTP2ServerConnection] { loop.inbox.openConnections }

    /// Tells all clients, and later ones, how many requests they may have at once from now on.
    public func setMaximumConcurrentStreams(_ count: Int) {
        loop.perform(.setMaximumStreams(nil, count))
    }

    /// Accepts no further connection or request, lets running ones finish until the deadline, and ends.
    public func stop(deadline: Duration) async {
        await loop.inbox.stopAndWait(deadline: .now + deadline)
    }
}
