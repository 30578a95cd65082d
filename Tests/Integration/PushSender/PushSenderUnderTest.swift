import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Support
import Synchronization
import Testing

@testable import PushSender

/// push-sender in this process, behind its real listener, on a database of its own.
final class PushSenderUnderTest: Sendable {
    static let adminToken = "admin-token"
    static let issuerToken = "issuer-token"
    static let registryToken = "registry-token"
    static let ownToken = "push-sender-token"
    static let keys = "k1:" + Base64.encode(Array(0..<32))

    let database: TestDatabase
    let pool: PostgresPool
    let configuration: Configuration
    let registry: StubRegistry
    let metrics = Metrics()
    let client = HTTPClient()
    let service: PushSenderService
    private let server: HTTPServer
    private let background = Mutex<[Task<Void, Never>]>([])
    private let replicas = Mutex<[PostgresPool]>([])

    /// - Parameter settings: settings beside the necessary ones.
    init(_ settings: [String: String]) async throws {
        database = try await TestDatabase.make()
        pool = PostgresPool.started(database.url(for: .pushSender), .test(size: 4))
        try await database.migrate(PushSenderService.self, as: .pushSender)
        registry = StubRegistry()
        let digest = { (token: String) in Hex.encode(SHA256.digest(Array(token.utf8))) }
        var environment = [
            "ADMIN_TOKEN_SHA256": digest(Self.adminToken), "PASS_ISSUER_TOKEN_SHA256": digest(Self.issuerToken),
            "DEVICE_REGISTRY_TOKEN_SHA256": digest(Self.registryToken), "SERVICE_TOKEN": Self.ownToken,
            "MASTER_KEYS": Self.keys, "DEVICE_REGISTRY_URL": try registry.start(),
            // Nobody is there, unless a test says otherwise.
            "APNS_URL": "https://127.0.0.1:9",
        ]
        environment.merge(settings) { $1 }
        var reader = Settings(environment: environment)
        configuration = Configuration(&reader)
        try #require(reader.faults.isEmpty, "\(reader.faults)")
        service = PushSenderService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "push-sender", level: .error, format: .text), metrics: metrics, database: pool,
                httpClient: client))
        server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "internal", address: "127.0.0.1"),
            routes: service.internalRoutes())
        try server.start()
    }

    /// Runs a test against a service that ends with it.
    static func run(_ settings: [String: String] = [:], _ body: (PushSenderUnderTest) async throws -> Void) async throws
    {
        let sender = try await PushSenderUnderTest(settings)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(sender))
        } catch {
            outcome = .failure(error)
        }
        await sender.stop()
        try outcome.get()
    }

    private func stop() async {
        await stopBackgroundWork()
        await server.stop(deadline: .seconds(5))
        await registry.stop()
        for pool in replicas.withLock({ $0 }) { await pool.close() }
        await pool.close()
        client.shutdown()
    }

    /// Begins to send, as the service does once its database is migrated.
    func startBackgroundWork() {
        // The service's own failure shows in what the test waits for.
        let task = Task<Void, Never> { [service] in try? await service.run() }
        background.withLock { $0.append(task) }
    }

    /// Begins to send with another replica, which has a pool of its own.
    func startReplica() {
        let pool = PostgresPool.started(database.url(for: .pushSender), .test(size: 2))
        replicas.withLock { $0.append(pool) }
        let replica = PushSenderService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "push-sender", level: .error, format: .text), metrics: Metrics(),
                database: pool, httpClient: client))
        let task = Task<Void, Never> { try? await replica.run() }
        background.withLock { $0.append(task) }
    }

    /// Ends what runs beside requests.
    func stopBackgroundWork() async {
        let tasks = background.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    /// Calls the listener.
    func call(
        _ method: HTTPMethod, _ path: String, token: String?, body: JSONValue? = nil
    ) async throws -> (status: Int, json: JSONValue) {
        var headers: HTTPHeaders = [:]
        headers["Authorization"] = token.map { "Bearer \($0)" }
        headers["Content-Type"] = body.map { _ in "application/json" }
        let response = try await client.send(
            HTTPClientRequest(
                method: method, url: "http://127.0.0.1:\(server.port)\(path)", headers: headers,
                body: body?.serialized() ?? [], deadline: .seconds(60)))
        return (response.status.rawValue, response.body.isEmpty ? .null : try JSON.parse(response.body))
    }
}
