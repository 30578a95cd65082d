import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import DeviceRegistry

/// The registry's two listeners over a database of its own, and an issuer that does what the test says.
final class RegistryUnderTest: Sendable {
    static let issuerToken = "issuer-to-registry"
    static let pushSenderToken = "push-sender-to-registry"
    static let adminToken = "admin"

    let issuer: StubIssuer
    let pool: PostgresPool
    private let client = HTTPClient(configuration: HTTPClientConfiguration(maximumConnectionsPerHost: 32))
    private let publicServer: HTTPServer
    private let internalServer: HTTPServer

    private init() async throws {
        let database = try await TestDatabase.make()
        pool = PostgresPool(
            configuration: PostgresConfiguration(url: database.url(for: .deviceRegistry), size: 8, schema: "registry"))
        pool.start()
        issuer = StubIssuer()
        let issuerURL = try issuer.start()
        let migrations = DeviceRegistryMigrations.all
        _ = try await Migrator(pool: pool, schema: "registry", migrations: migrations).migrate()

        let registrations = RegistrationStore(database: pool)
        let logs = DeviceLogStore(database: pool)
        let ring = try KeyRing(parsing: RegistryAccess.keys)
        var publicRoutes = Routes()
        WebServiceRoutes(
            registrations: registrations, logs: logs,
            issuer: PassIssuerClient(client: client, baseURL: issuerURL, token: StubIssuer.token),
            authentication: PassAuthentication(keys: HMACKeyRing(ring)), rate: nil
        ).add(to: &publicRoutes)
        var internalRoutes = Routes(authorize: Self.authorize)
        InternalRoutes(
            updates: PassUpdateStore(database: pool), devices: DeviceStore(database: pool), logs: logs
        ).add(to: &internalRoutes)
        publicServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "public", address: "127.0.0.1"), routes: publicRoutes)
        internalServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "internal", address: "127.0.0.1"), routes: internalRoutes)
        try publicServer.start()
        try internalServer.start()
    }

    @Sendable private static func authorize(
        _ head: HTTPRequestHead, _ scopes: Set<AccessScope>
    ) throws(Problem) {
        let tokens: [String: AccessScope] = [
            "Bearer \(issuerToken)": .passIssuer, "Bearer \(pushSenderToken)": .pushSender,
            "Bearer \(adminToken)": .admin,
        ]
        guard let scope = head.headers["Authorization"].flatMap({ tokens[$0] }) else { throw Problem(.unauthorized) }
        guard scopes.contains(scope) else { throw Problem(.forbidden) }
    }

    /// Runs a test against a registry that has nothing in it yet.
    static func run(_ test: (RegistryUnderTest) async throws -> Void) async throws {
        let registry = try await RegistryUnderTest()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await test(registry))
        } catch {
            outcome = .failure(error)
        }
        await registry.publicServer.stop(deadline: .seconds(5))
        await registry.internalServer.stop(deadline: .seconds(5))
        await registry.issuer.stop()
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
