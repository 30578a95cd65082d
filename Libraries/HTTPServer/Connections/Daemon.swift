import CMicroHTTPD
import Glibc
import HTTPTypes

/// The running HTTP library with its threads.
///
/// Unchecked: the library's own calls for a daemon are thread-safe, and `stop` is called once.
final class Daemon: @unchecked Sendable {
    private let handle: OpaquePointer
    private let core: ServerCore
    /// Negative when the library can't be woken.
    private let waking: Int32

    /// Starts serving a listening socket.
    init(core: ServerCore, socket: Int32) throws(HTTPServerError) {
        let configuration = core.configuration
        let threads = max(1, configuration.threads)
        var options = wallet_mhd_options()
        options.listen_socket = socket
        options.threads = UInt32(threads)
        // Each thread takes an equal share of the library's limit; ours is the one that counts.
        options.connection_limit = UInt32(clamping: ConnectionTable.capacity(configuration) * threads)
        options.idle_timeout_seconds = UInt32(clamping: max(1, configuration.idleTimeout.components.seconds))
        // The read buffer, the header's index and the answer's header share this memory.
        options.connection_memory = max(32_768, configuration.maximumHeaderBytes * 2)
        options.on_request = onRequest
        options.on_target = onTarget
        options.on_completed = onCompleted
        options.on_connection = onConnection
        options.context = Unmanaged.passUnretained(core).toOpaque()
        guard let handle = wallet_mhd_start(&options) else { throw .startFailed(name: configuration.name) }
        self.handle = handle
        self.core = core
        waking = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        if waking >= 0 { _ = wallet_mhd_wake_by(handle, waking) }
    }

    deinit {
        if waking >= 0 { close(waking) }
    }

    /// Has the library look at its connections.
    ///
    /// It waits for further events before it treats those it has, when it was handed as many at once as it has room for
    /// (128, or a multiple): requests would wait for a stranger's next one.
    func wake() {
        var one: UInt64 = 1
        _ = write(waking, &one, 8)
    }

    /// Accepts no further connection, and hands what the system had accepted already to the library.
    func quiesce() {
        let socket = MHD_quiesce_daemon(handle)
        guard socket >= 0 else { return }
        while true {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let accepted = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept4(socket, $0, &length, Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
                }
            }
            guard accepted >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = MHD_add_connection(handle, accepted, $0, length)
                }
            }
        }
        shutdown(socket, Int32(SHUT_RDWR))
    }

    /// Ends all threads and connections; blocks until they are gone. No connection may be suspended.
    func stop() {
        MHD_stop_daemon(handle)
    }
}

/// Called when a connection opens or is about to be closed.
private func onConnection(
    _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
    _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ event: MHD_ConnectionNotificationCode
) {
    guard let context, let handle, let place else { return }
    let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    switch event {
    case .CONNECTION_NOTIFY_STARTED:
        let peer = wallet_mhd_address(handle).flatMap { IPAddress($0) }
        let connection = core.connections.open(
            socket: wallet_mhd_socket(handle), peer: peer ?? .unspecified)
        place.pointee = Unmanaged.passRetained(connection).toOpaque()
    case .CONNECTION_NOTIFY_CLOSED:
        guard let pointer = place.pointee else { return }
        place.pointee = nil
        core.connections.close(Unmanaged<Connection>.fromOpaque(pointer).takeRetainedValue())
    }
}

/// Called with the raw target before anything else of a request is read.
private func onTarget(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ handle: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    if let target, let connection = connection(of: handle) {
        connection.receive(target: String(cString: target))
    }
    return nil
}

/// Called with the header, with each part of the body, at the body's end and after each resumption.
private func onRequest(
    _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let handle, let size, let place else { return .NO }
    if let pointer = place.pointee {
        let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
        guard size.pointee > 0 else { return exchange.proceed() }
        let bytes = UnsafeRawBufferPointer(start: data, count: size.pointee)
        size.pointee = 0
        return exchange.receive(bytes)
    }
    guard let method, let version, let connection = connection(of: handle) else { return .NO }
    let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    let exchange = Exchange(
        core: core, connection: connection, handle: MHDConnection(pointer: handle), method: String(cString: method),
        version: String(cString: version))
    place.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return exchange.begin()
}

/// Called once for each request that `onRequest` has seen.
private func onCompleted(
    _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
    _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let place, let pointer = place.pointee else { return }
    place.pointee = nil
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue()
    exchange.complete(isWhole: reason == .REQUEST_TERMINATED_COMPLETED_OK)
}

private func connection(of handle: OpaquePointer?) -> Connection? {
    guard let handle, let pointer = wallet_mhd_context(handle) else { return nil }
    return Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue()
}
