import CPostgres
import Glibc

/// Makes connections that are ready for statements.
struct Connector: Sendable {
    let configuration: PostgresConfiguration
    let context: ConnectionContext
    let wake: WakeUp

    /// How often a thread that waits for the server looks at what else is due.
    static let tick: Int64 = 50

    enum Outcome: ~Copyable {
        case ready(Connection)
        case failed(reason: String)
    }

    /// Connects and sets the session up; gives up at the connect timeout or when `isCancelled` says so.
    func connect(whileWaiting isCancelled: () -> Bool) -> Outcome {
        let deadline = MonotonicClock.now() + configuration.connectTimeout.nanoseconds
        guard let connection = Connection(configuration: configuration, context: context) else {
            return .failed(reason: "no memory")
        }
        var interest = Int32(POLLOUT)
        while true {
            guard !connection.isBroken else { return .failed(reason: connection.failureReason) }
            let events = wake.wait(socket: connection.socket, for: interest, milliseconds: Self.tick)
            if isCancelled() { return .failed(reason: "cancelled") }
            if MonotonicClock.now() > deadline { return .failed(reason: "no connection within the time allowed") }
            guard events.isSocketReady else { continue }
            switch connection.pollConnect() {
            case PGRES_POLLING_READING: interest = Int32(POLLIN)
            case PGRES_POLLING_WRITING: interest = Int32(POLLOUT)
            case PGRES_POLLING_OK:
                guard connection.makeNonblocking(), connection.sendSimple(sessionSettings),
                    drain(connection, deadline: deadline, isCancelled: isCancelled)
                else { return .failed(reason: "the session's settings were refused") }
                return .ready(connection)
            default: return .failed(reason: connection.failureReason)
            }
        }
    }

    private var sessionSettings: String {
        var settings = [
            "SET statement_timeout = \(configuration.statementTimeout.settingMilliseconds)",
            "SET lock_timeout = \(configuration.lockTimeout.settingMilliseconds)",
            "SET idle_in_transaction_session_timeout = "
                + "\(configuration.idleInTransactionTimeout.settingMilliseconds)",
            "SET client_min_messages = warning",
            // Statements here take milliseconds; compiling one to machine code took up to a second.
            "SET jit = off",
            // Plans are kept, and may be made while a table is small or a queue empty: where there is an index, they go by it.
            "SET enable_seqscan = off",
        ]
        if let schema = configuration.schema { settings.append("SET search_path = \(SQL.quoted(schema))") }
        return settings.joined(separator: "; ")
    }

    /// Waits for the results of what was sent in the simple protocol; false if one is an error.
    func drain(_ connection: borrowing Connection, deadline: Int64, isCancelled: () -> Bool) -> Bool {
        let results = collect(from: connection, deadline: deadline, isCancelled: isCancelled)
        return results?.allSatisfy { $0.fault == nil } ?? false
    }

    /// The results of what was sent in the simple protocol; nil if the connection fails or the wait is given up.
    func collect(
        from connection: borrowing Connection, deadline: Int64, isCancelled: () -> Bool
    ) -> [ResultSet]? {
        var results: [ResultSet] = []
        while true {
            let rest = connection.flush()
            guard rest >= 0 else { return nil }
            while !connection.isBusy {
                guard let result = connection.nextResult() else { return results }
                results.append(result)
                if connection.isBroken { return nil }
            }
            let interest = Int32(POLLIN) | (rest == 1 ? Int32(POLLOUT) : 0)
            let events = wake.wait(socket: connection.socket, for: interest, milliseconds: Self.tick)
            if isCancelled() || MonotonicClock.now() > deadline { return nil }
            if events.isSocketReady, !connection.consumeInput() { return nil }
        }
    }
}
