import Glibc
import HTTPTypes
import Synchronization

/// All open connections, with the counts that limit them.
final class ConnectionTable: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: Connection] = [:]
        var refused = 0
        var countByAddress: [IPAddress: Int] = [:]
        var lingering: [LingeringSocket] = []
    }

    /// Connections over the limit that are kept for a moment to be told so.
    private static let maximumRefused = 64

    private let configuration: HTTPServerConfiguration
    private let proxies: TrustedProxies
    private let state = Mutex(State())

    init(configuration: HTTPServerConfiguration, proxies: TrustedProxies) {
        self.configuration = configuration
        self.proxies = proxies
    }

    /// Connections that the HTTP library must be ready to hold.
    static func capacity(_ configuration: HTTPServerConfiguration) -> Int {
        configuration.maximumConnections + maximumRefused + 16
    }

    /// How many connections are open.
    var count: Int { state.withLock { $0.connections.count } }

    /// The requests at work.
    var exchanges: [Exchange] {
        state.withLock { Array($0.connections.values) }.compactMap(\.exchange)
    }

    /// Takes in an accepted connection; one over a limit is marked so.
    func open(socket: Int32, peer: IPAddress) -> Connection {
        let isTrusted = proxies.contains(peer)
        return state.withLock { state in
            var refusal: Connection.Refusal?
            if state.connections.count - state.refused >= configuration.maximumConnections {
                refusal = .tooManyInAll
            } else if !isTrusted,
                state.countByAddress[peer.limited, default: 0] >= configuration.maximumConnectionsPerAddress
            {
                refusal = .tooManyOfAddress
            }
            let patience = refusal == nil ? configuration.headerTimeout : min(configuration.headerTimeout, .seconds(5))
            let connection = Connection(
                socket: socket, peer: peer, isTrusted: isTrusted, refusal: refusal,
                deadline: MonotonicTime.now.adding(patience))
            state.connections[ObjectIdentifier(connection)] = connection
            if refusal != nil {
                state.refused += 1
                if state.refused > Self.maximumRefused { connection.cutOff() }
            } else if !isTrusted {
                state.countByAddress[peer.limited, default: 0] += 1
            }
            return connection
        }
    }

    /// Lets go of a connection whose socket is about to be closed.
    func close(_ connection: Connection) {
        state.withLock { state in
            guard state.connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
            if connection.refusal != nil {
                state.refused -= 1
            } else if !connection.isTrusted {
                Self.release(connection.peer, in: &state)
            }
        }
    }

    /// Counts a request that a trusted proxy forwards like a connection of its client; false over the limit.
    func admitForwarded(_ client: IPAddress) -> Bool {
        state.withLock { state in
            let count = state.countByAddress[client.limited, default: 0]
            guard count < configuration.maximumConnectionsPerAddress else { return false }
            state.countByAddress[client.limited] = count + 1
            return true
        }
    }

    /// Ends the count of a forwarded request.
    func releaseForwarded(_ client: IPAddress) {
        state.withLock { Self.release(client, in: &$0) }
    }

    /// Reads on for a moment on a connection whose body nobody wants, so that its client gets to read the answer.
    func linger(_ connection: Connection) {
        guard let socket = LingeringSocket(copying: connection.socket) else { return }
        state.withLock { state in
            // Beyond this many, an abrupt end is fair.
            if state.lingering.count < 256 { state.lingering.append(socket) } else { socket.end() }
        }
    }

    /// Cuts off what is over its deadline, and what is idle when the server stops.
    func sweep(at now: MonotonicTime = .now, closesIdle: Bool = false) {
        state.withLock { state in
            for connection in state.connections.values
            where connection.isExpired(at: now)
                || (closesIdle && connection.isIdle(for: .milliseconds(500), at: now))
            {
                connection.cutOff()
            }
            state.lingering.removeAll { !$0.drain(at: now) }
        }
    }

    /// Closes what still lingers.
    func endLingering() {
        state.withLock { state in
            for socket in state.lingering { socket.end() }
            state.lingering.removeAll()
        }
    }

    private static func release(_ address: IPAddress, in state: inout State) {
        let count = state.countByAddress[address.limited, default: 1]
        state.countByAddress[address.limited] = count > 1 ? count - 1 : nil
    }
}
