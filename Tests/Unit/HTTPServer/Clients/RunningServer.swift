import HTTPServer
import HTTPTypes
import Synchronization

/// A server on a free loopback port for the time of a test, with what it reported.
final class RunningServer: Sendable {
    let server: HTTPServer
    private let log: Log

    private final class Log: Sendable {
        let records = Mutex<[AccessRecord]>([])
        let errors = Mutex<[String]>([])
    }

    var port: Int { server.port }
    var url: String { "http://127.0.0.1:\(port)" }
    var records: [AccessRecord] { log.records.withLock { $0 } }
    var errors: [String] { log.errors.withLock { $0 } }

    private init(_ routes: Routes, _ configuration: HTTPServerConfiguration) throws {
        let log = Log()
        self.log = log
        server = HTTPServer(
            configuration: configuration, routes: routes,
            onCompletion: { record in log.records.withLock { $0.append(record) } },
            onError: { error, _ in log.errors.withLock { $0.append("\(error)") } })
        try server.start()
    }

    /// Serves the routes while the body runs, then stops.
    static func serving<T: Sendable>(
        _ routes: Routes, _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(),
        _ body: @Sendable (RunningServer) async throws -> T
    ) async throws -> T {
        var configuration = configuration
        configuration.address = "127.0.0.1"
        let running = try RunningServer(routes, configuration)
        do {
            let result = try await body(running)
            await running.server.stop(deadline: .seconds(5))
            return result
        } catch {
            await running.server.stop(deadline: .milliseconds(100))
            throw error
        }
    }

    /// Runs blocking client code against the server.
    func client<T: Sendable>(
        from source: String = "127.0.0.1", _ body: @escaping @Sendable (RawClient) throws -> T
    ) async throws -> T {
        let port = port
        return try await blocking { try body(try RawClient(port: port, from: source)) }
    }
}
