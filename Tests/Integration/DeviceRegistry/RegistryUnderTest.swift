import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import PassEventTelling
import Postgres
import ServiceKit
import Support
import Testing

@testable import DeviceRegistry

/// The registry's two listeners over a database of its own, and an issuer and a push-sender that do what the test says.
final class RegistryUnderTest: Sendable {
    static let issuerToken = "issuer-to-registry"
    static let pushSenderToken = "push-sender-to-registry"
    static let adminToken = "admin"

    let issuer: StubIssuer
    let pushSender = StubPushSender()
    let database: TestDatabase
    let pool: PostgresPool
    let client = HTTPClient(configuration: HTTPClientConfiguration(maximumConnectionsPerHost: 32))
    private let publicServer: HTTPServer
    private let internalServer: HTTPServer
    private let service: DeviceRegistryService
    private let pushSenderURL: String
    private let issuerURL: String

    private init(changes: [String: String]) async throws {
        database = try await TestDatabase.make()
        pool = PostgresPool(
            configuration: PostgresConfiguration(url: database.url(for: .deviceRegistry), size: 8, schema: "registry"))
        pool.start()
        issuer = StubIssuer()
        issuerURL = try issuer.start()
        pushSenderURL = try pushSender.start()
        try await database.migrate(DeviceRegistryService.self, as: .deviceRegistry)

        var settings = Settings(
            environment: Self.environment(issuerURL: issuerURL, pushSenderURL: pushSenderURL).merging(changes) { $1 })
        let configuration = Configuration(&settings)
        #expect(settings.faults.isEmpty)
        let logger = Logger(service: DeviceRegistryService.name, level: .error)
        service = DeviceRegistryService(
            configuration: configuration,
            runtime: ServiceRuntime(logger: logger, metrics: Metrics(), database: pool, httpClient: client))
        let publicRoutes = try #require(service.publicRoutes())
        let internalRoutes = service.internalRoutes()
        publicServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "public", address: "127.0.0.1"), routes: publicRoutes)
        internalServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "internal", address: "127.0.0.1"), routes: internalRoutes)
        try publicServer.start()
        try internalServer.start()
    }

    private static func environment(issuerURL: String, pushSenderURL: String) -> [String: String] {
        func digest(_ token: String) -> String { Hex.encode(SHA256.digest(Array(token.utf8))) }
        return [
            "PASS_TOKEN_KEYS": RegistryAccess.keys, "PASS_ISSUER_URL": issuerURL, "SERVICE_TOKEN": StubIssuer.token,
            "PUSH_SENDER_URL": pushSenderURL, "DEVICE_RATE_PER_DEVICE": "0",
            "ADMIN_TOKEN_SHA256": digest(adminToken), "PASS_ISSUER_TOKEN_SHA256": digest(issuerToken),
            "PUSH_SENDER_TOKEN_SHA256": digest(pushSenderToken),
        ]
    }

    /// Hands pushes over as one more replica.
    func pushDelivery(metrics: Metrics = Metrics()) -> PushDelivery {
        PushDelivery(
            outbox: OutboxStore(database: pool), wakeUp: WakeUp(),
            pushSender: PushSenderClient(client: client, baseURL: pushSenderURL, token: StubIssuer.token),
            logger: Logger(service: "test", level: .error), metrics: PushDeliveryMetrics(metrics))
    }

    /// Tells pass-issuer what happened as one more replica.
    func eventTelling() -> EventTelling<PassEventNotice> {
        let teller = RPCClient(client: client, baseURL: issuerURL, token: StubIssuer.token)
        return EventTelling(
            notices: DeviceRegistryService.notices(in: pool), metrics: Metrics(),
            logger: Logger(service: "test", level: .error)
        ) { _ = try await teller.call(PassIssuerEndpoints.passEvents, body: PassEventNoticesRequest(events: $0)) }
    }

    /// Runs a test against a registry that has nothing in it yet.
    ///
    /// - Parameter inBackground: whether the service does its background work meanwhile; else the test looks at the
    ///   tables as the calls leave them.
    static func run(
        settings changes: [String: String] = [:], inBackground: Bool = false,
        _ test: (RegistryUnderTest) async throws -> Void
    ) async throws {
        let registry = try await RegistryUnderTest(changes: changes)
        let background = inBackground ? Task { try await registry.service.run() } : nil
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await test(registry))
        } catch {
            outcome = .failure(error)
        }
        background?.cancel()
        _ = await background?.result
        await registry.publicServer.stop(deadline: .seconds(5))
        await registry.internalServer.stop(deadline: .seconds(5))
        await registry.issuer.stop()
        await registry.pushSender.stop()
        await registry.pool.close()
        registry.client.shutdown()
        try outcome.get()
    }

    /// Calls the public listener.
    func send(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: [UInt8] = []
    ) async throws -> HTTPClientResponse {
        let url = "http://127.0.0.1:\(publicServer.port)\(path)"
        return try await client.send(HTTPClientRequest(method: method, url: url, headers: headers, body: body))
    }

    /// Calls the internal listener.
    func call(
        _ method: HTTPMethod, _ path: String, token: String? = issuerToken, body: JSONValue? = nil
    ) async throws -> HTTPClientResponse {
        var headers: HTTPHeaders = [:]
        headers["Authorization"] = token.map { "Bearer \($0)" }
        headers["Content-Type"] = body.map { _ in "application/json" }
        let url = "http://127.0.0.1:\(internalServer.port)\(path)"
        return try await client.send(
            HTTPClientRequest(method: method, url: url, headers: headers, body: body?.serialized() ?? []))
    }
}
