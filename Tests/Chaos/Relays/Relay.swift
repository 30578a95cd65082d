import Foundation
import Glibc
import Synchronization

/// A TCP relay on one link between two parts, which can make the link slow, silent or broken.
final class Relay: Sendable {
    /// Who calls whom, `pass-issuer → PostgreSQL`.
    let name: String
    /// Where the caller connects to, on 127.0.0.1.
    let port: Int

    private struct Orders {
        var weather = Weather.fair
        var resets = 0
        var isOver = false
    }

    private struct Connection {
        let caller: Socket
        let callee: Socket
        var there: RelayStream
        var back: RelayStream

        init(caller: Socket, callee: Socket) {
            self.caller = caller
            self.callee = callee
            there = RelayStream(from: caller, to: callee)
            back = RelayStream(from: callee, to: caller)
        }

        var isOver: Bool { there.isOver && back.isOver }
        var isBroken: Bool { there.isBroken || back.isBroken }
        var hasWork: Bool { there.hasWork || back.hasWork }

        func reset() {
            caller.reset()
            callee.reset()
        }
    }

    private let target: Int
    private let listener: Socket
    private let orders = Mutex(Orders())

    /// Begins to relay to a port of 127.0.0.1.
    init(_ name: String, to target: Int) throws {
        self.name = name
        self.target = target
        (listener, port) = try Socket.listening()
        // Sockets are waited for, so it is a thread of its own.
        Thread.detachNewThread { [self] in serve() }
    }

    /// Changes what becomes of bytes.
    func change(to weather: Weather) {
        orders.withLock { $0.weather = weather }
    }

    /// Resets every open connection; new ones come through.
    func resetConnections() {
        orders.withLock { $0.resets += 1 }
    }

    /// Ends it.
    func close() {
        orders.withLock { $0.isOver = true }
    }

    private func serve() {
        var connections: [Connection] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var resets = 0
        while true {
            let orders = orders.withLock { $0 }
            let weather = orders.weather
            if weather.isCut || orders.resets != resets || orders.isOver {
                resets = orders.resets
                for connection in connections { connection.reset() }
                connections = []
            }
            guard !orders.isOver else { return listener.close() }
            wait(connections, weather)
            if !weather.isStalled { accept(&connections, weather) }
            let now = ContinuousClock.now
            for index in connections.indices {
                connections[index].there.move(in: weather, at: now, &buffer)
                connections[index].back.move(in: weather, at: now, &buffer)
            }
            connections.removeAll { connection in
                if connection.isBroken { connection.reset() }
                guard !connection.isBroken, connection.isOver else { return connection.isBroken }
                connection.caller.close()
                connection.callee.close()
                return true
            }
        }
    }

    private func accept(_ connections: inout [Connection], _ weather: Weather) {
        while let caller = listener.accepted() {
            guard !weather.isCut, let callee = Socket.connecting(to: target) else {
                caller.reset()
                continue
            }
            connections.append(Connection(caller: caller, callee: callee))
        }
    }

    /// Waits for bytes, or for the time at which late ones are due or orders may have come.
    private func wait(_ connections: [Connection], _ weather: Weather) {
        guard !weather.isStalled else {
            usleep(10_000)
            return
        }
        var descriptors = [pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)]
        for connection in connections {
            if connection.there.hasRoom {
                descriptors.append(pollfd(fd: connection.caller.descriptor, events: Int16(POLLIN), revents: 0))
            }
            if connection.back.hasRoom {
                descriptors.append(pollfd(fd: connection.callee.descriptor, events: Int16(POLLIN), revents: 0))
            }
        }
        poll(&descriptors, nfds_t(descriptors.count), connections.contains(where: \.hasWork) ? 2 : 20)
    }
}
