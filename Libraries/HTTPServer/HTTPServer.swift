import Dispatch
import Glibc
import HTTPTypes
import Synchronization
import Tracing

/// An HTTP/1.1 listener: libmicrohttpd moves the bytes, routes run as async functions.
public final class HTTPServer: Sendable {
    private struct State {
        var daemon: Daemon?
        var socket: Int32 = -1
        var port: Int
        var timer: (any DispatchSourceTimer)?
        var isStarted = false
    }

    private let core: ServerCore
    private let state: Mutex<State>

    /// Makes a server; `tracer` begins the trace of each request that brings none, `onCompletion` is told of each request, `onError` of each error that a route threw and the
    /// client was not told.
    public init(
        configuration: HTTPServerConfiguration, routes: Routes, tracer: Tracer = .off,
        onCompletion: @escaping @Sendable (AccessRecord) -> Void = { _ in },
        onError: @escaping @Sendable (any Error, HTTPRequestHead) -> Void = { _, _ in }
    ) {
        core = ServerCore(
            configuration: configuration, routes: routes, tracer: tracer, onCompletion: onCompletion, onError: onError)
        state = Mutex(State(port: configuration.port))
    }

    deinit {
        // A server that was never stopped ends with its last holder.
        let (daemon, socket, timer) = state.withLock { ($0.daemon, $0.socket, $0.timer) }
        guard let daemon else { return }
        core.isEnding.store(true, ordering: .sequentiallyConsistent)
        daemon.quiesce()
        // The library must not be stopped while a connection is suspended; one may just be on its way there.
        while core.running.load(ordering: .sequentiallyConsistent) > 0, !core.connections.exchanges.isEmpty {
            abortRequests()
            core.connections.sweep()
            usleep(1_000)
        }
        timer?.cancel()
        daemon.stop()
        close(socket)
    }

    /// The port in use, once the server has started.
    public var port: Int { state.withLock { $0.port } }

    /// Requests between their header and the end of their answer.
    public var runningRequests: Int { core.running.load(ordering: .relaxed) }

    /// Open connections.
    public var openConnections: Int { core.connections.count }

    /// Binds the address and begins to serve.
    public func start() throws {
        try state.withLock { state in
            guard !state.isStarted else { throw HTTPServerError.alreadyStarted }
            let (socket, port) = try ListenSocket.open(core.configuration)
            do {
                state.daemon = try Daemon(core: core, socket: socket)
            } catch {
                close(socket)
                throw error
            }
            state.isStarted = true
            state.socket = socket
            state.port = port
            state.timer = makeTimer(waking: state.daemon)
        }
    }

    /// Refuses new connections, lets running requests finish, and ends; what still runs at the deadline is cancelled
    /// and answered 503.
    public func stop(deadline: Duration) async {
        let (daemon, socket, timer) = state.withLock { state in
            defer {
                state.daemon = nil
                state.socket = -1
                state.timer = nil
            }
            return (state.daemon, state.socket, state.timer)
        }
        guard let daemon else { return }
        core.isStopping.store(true, ordering: .sequentiallyConsistent)
        daemon.quiesce()
        await drain(until: MonotonicTime.now.adding(deadline))
        core.isEnding.store(true, ordering: .sequentiallyConsistent)
        await drain(until: MonotonicTime.now.adding(.seconds(1)))
        timer?.cancel()
        await Self.onOwnThread { daemon.stop() }
        close(socket)
        core.connections.endLingering()
    }

    /// Waits until there is no connection and no handler any more.
    private func drain(until deadline: MonotonicTime) async {
        while MonotonicTime.now < deadline {
            core.connections.sweep(closesIdle: true)
            if core.isEnding.load(ordering: .sequentiallyConsistent) { abortRequests() }
            if core.connections.count == 0, core.handlers.load(ordering: .relaxed) == 0 { return }
            // Not Task.sleep: a cancelled caller still waits for the requests.
            await withCheckedContinuation { continuation in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(10)) { continuation.resume() }
            }
        }
    }

    /// Answers all requests at work, so that none is suspended any more.
    private func abortRequests() {
        for exchange in core.connections.exchanges { exchange.abort() }
    }

    private func makeTimer(waking daemon: Daemon?) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(200), leeway: .milliseconds(50))
        timer.setEventHandler { [core, weak daemon] in
            core.connections.sweep()
            if core.connections.count > 0 { daemon?.wake() }
        }
        timer.resume()
        return timer
    }

    /// Runs a blocking call away from the cooperative pool.
    private static func onOwnThread(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                body()
                continuation.resume()
            }
        }
    }
}
