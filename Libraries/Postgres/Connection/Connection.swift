import CPostgres
import Glibc

/// A connection of libpq, owned by one thread.
struct Connection: ~Copyable {
    private let handle: OpaquePointer

    /// Begins to connect; looks up the host's name in doing so, which blocks. Nil without memory.
    init?(configuration: PostgresConfiguration, context: ConnectionContext) {
        let settings: [(String, String)] = [
            ("dbname", configuration.url),
            ("application_name", configuration.applicationName),
            ("client_encoding", "UTF8"),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            // Bounds what is unanswered on the socket, among it the request of `cancel`.
            ("tcp_user_timeout", String(configuration.connectTimeout.settingMilliseconds)),
        ]
        let keywords = settings.map { strdup($0.0) }
        let values = settings.map { strdup($0.1) }
        defer {
            for pointer in keywords + values { free(pointer) }
        }
        let started = (keywords.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { keywords in
            (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
                PQconnectStartParams(keywords.baseAddress, values.baseAddress, 1)
            }
        }
        guard let started else { return nil }
        handle = started
        PQsetNoticeReceiver(handle, receiveNotice, Unmanaged.passUnretained(context).toOpaque())
    }

    deinit {
        PQfinish(handle)
    }

    var isBroken: Bool { PQstatus(handle) == CONNECTION_BAD }

    var socket: Int32 { PQsocket(handle) }

    /// What libpq says of a failed attempt to connect, on one line.
    var failureReason: String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Takes the next step of connecting.
    func pollConnect() -> PostgresPollingStatusType { PQconnectPoll(handle) }

    /// Lets writes return instead of block.
    func makeNonblocking() -> Bool { PQsetnonblocking(handle, 1) == 0 }

    /// Sends text in the simple protocol; several statements are allowed, parameters are not.
    func sendSimple(_ text: String) -> Bool { PQsendQuery(handle, text) == 1 }

    func enterPipeline() -> Bool { PQenterPipelineMode(handle) == 1 }

    /// Sends a statement without parameters or a name.
    func send(_ text: String) -> Bool { PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 1) == 1 }

    func prepare(_ name: String, _ statement: SQL) -> Bool {
        statement.types.withUnsafeBufferPointer { types in
            PQsendPrepare(handle, name, statement.text, Int32(types.count), types.baseAddress) == 1
        }
    }

    func execute(_ name: String, _ statement: SQL) -> Bool {
        let count = statement.lengths.count
        guard count > 0 else { return PQsendQueryPrepared(handle, name, 0, nil, nil, nil, 1) == 1 }
        // An empty value needs an address too, so the buffer is never empty.
        return (statement.values.isEmpty ? [0] : statement.values).withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = []
            pointers.reserveCapacity(count)
            for length in statement.lengths {
                pointers.append(length == SQL.null ? nil : start + offset)
                offset += Int(max(length, 0))
            }
            let lengths = statement.lengths.map { max($0, 0) }
            let formats = [Int32](repeating: 1, count: count)
            return PQsendQueryPrepared(handle, name, Int32(count), pointers, lengths, formats, 1) == 1
        }
    }

    /// Ends the transaction of the statements sent since the last call.
    func sync() -> Bool { PQpipelineSync(handle) == 1 }

    /// Writes what the socket takes: 0 all, 1 some is left, -1 the connection failed.
    func flush() -> Int32 { PQflush(handle) }

    /// Reads what the socket holds; false when the connection failed.
    func consumeInput() -> Bool { PQconsumeInput(handle) == 1 }

    var isBusy: Bool { PQisBusy(handle) == 1 }

    /// The next result; nil between the results of one statement and those of the next.
    func nextResult() -> ResultSet? { PQgetResult(handle).map { ResultSet(owning: $0) } }

    /// The next notification that has been read.
    func nextNotification() -> (channel: String, payload: String)? {
        guard let notification = PQnotifies(handle) else { return nil }
        defer { PQfreemem(notification) }
        return (
            notification.pointee.relname.map { String(cString: $0) } ?? "",
            notification.pointee.extra.map { String(cString: $0) } ?? ""
        )
    }

    /// Asks the server to stop what runs on this connection; returns when the server has been told.
    func cancel() {
        guard let request = PQgetCancel(handle) else { return }
        defer { PQfreeCancel(request) }
        var reason = [CChar](repeating: 0, count: 256)
        _ = PQcancel(request, &reason, Int32(reason.count))
    }
}

/// What a connection's callbacks need.
final class ConnectionContext: Sendable {
    let onEvent: @Sendable (PostgresEvent) -> Void

    init(onEvent: @escaping @Sendable (PostgresEvent) -> Void) {
        self.onEvent = onEvent
    }
}

private func receiveNotice(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let context, let result else { return }
    let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))).map { String(cString: $0) } ?? ""
    let code = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
    Unmanaged<ConnectionContext>.fromOpaque(context).takeUnretainedValue()
        .onEvent(.notice(severity: severity, sqlState: SQLState(rawValue: code)))
}
