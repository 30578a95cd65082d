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

@testable import GoogleBridge

/// The bridge's listeners and its background work over a database of its own, and a Google that does what the test says.
final class BridgeUnderTest: Sendable {
    static let issuerToken = "issuer-to-bridge"
    static let adminToken = "admin"

    let google: StubGoogle
    let pool: PostgresPool
    let metrics = Metrics()
    let googleURL: String
    let client = HTTPClient(configuration: HTTPClientConfiguration(maximumConnectionsPerHost: 64))
    let configuration: Configuration
    private let replicas: [Replica]

    /// One process, as it were.
    struct Replica: Sendable {
        let service: GoogleBridgeService
        let publicServer: HTTPServer
        let internalServer: HTTPServer
    }

    private init(changes: [String: String], replicas count: Int) async throws {
        let database = try await TestDatabase.make()
        pool = PostgresPool(
            configuration: PostgresConfiguration(url: database.url(for: .googleBridge), size: 8, schema: "google"))
        pool.start()
        google = StubGoogle(accountKey: try GoogleFixtures.key.get().publicKey)
        googleURL = try google.start()
        try await database.migrate(GoogleBridgeService.self, as: .googleBridge)
        var settings = Settings(environment: Self.environment(googleURL).merging(changes) { $1 })
        configuration = Configuration(&settings)
        #expect(settings.faults.isEmpty)
        let now = NowSource()
        var replicas: [Replica] = []
        for number in 0..<count {
            // The first replica's metrics are those that tests read.
            let runtime = ServiceRuntime(
                logger: Logger(service: GoogleBridgeService.name, level: .error),
                metrics: number == 0 ? metrics : Metrics(), database: pool, httpClient: client)
            let service = GoogleBridgeService(configuration: configuration, runtime: runtime) { now.read() }
            let publicServer = HTTPServer(
                configuration: HTTPServerConfiguration(name: "public", address: "127.0.0.1"),
                routes: try #require(service.publicRoutes()))
            let internalServer = HTTPServer(
                configuration: HTTPServerConfiguration(name: "internal", address: "127.0.0.1"),
                routes: service.internalRoutes())
            try publicServer.start()
            try internalServer.start()
            replicas.append(Replica(service: service, publicServer: publicServer, internalServer: internalServer))
        }
        self.replicas = replicas
        nowSource = now
    }

    private let nowSource: NowSource

    /// Sets the service's clock.
    func set(now instant: Instant) { nowSource.set(instant) }

    private static func environment(_ google: String) -> [String: String] {
        func digest(_ token: String) -> String { Hex.encode(SHA256.digest(Array(token.utf8))) }
        return [
            "MASTER_KEYS": GoogleFixtures.masterKeys, "GOOGLE_WALLET_URL": google, "GOOGLE_KEYS_URL": google + "/keys",
            "GOOGLE_SAVE_URL": "https://pay.example/save", "ADMIN_TOKEN_SHA256": digest(adminToken),
            "PASS_ISSUER_TOKEN_SHA256": digest(issuerToken), "GOOGLE_RATE_PER_SECOND": "0",
            "CALLBACK_BASE_URL": "https://callbacks.example", "ASSET_BASE_URL": "https://assets.example",
        ]
    }

    /// Runs a test against a bridge that has nothing in it yet.
    static func run(
        settings changes: [String: String] = [:], replicas count: Int = 1, works: Bool = true,
        _ test: @Sendable (BridgeUnderTest) async throws -> Void
    ) async throws {
        let bridge = try await BridgeUnderTest(changes: changes, replicas: count)
        let outcome: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if works {
                    for replica in bridge.replicas { group.addTask { try await replica.service.run() } }
                }
                defer { group.cancelAll() }
                try await test(bridge)
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        for replica in bridge.replicas {
            await replica.publicServer.stop(deadline: .seconds(5))
            await replica.internalServer.stop(deadline: .seconds(5))
        }
        await bridge.google.stop()
        await bridge.pool.close()
        bridge.client.shutdown()
        try outcome.get()
    }

    /// The public listener of the first replica.
    var publicURL: String { "http://127.0.0.1:\(replicas[0].publicServer.port)" }

    /// Calls the public listener.
    func send(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: [UInt8] = []
    ) async throws -> HTTPClientResponse {
        let url = publicURL + path
        return try await client.send(HTTPClientRequest(method: method, url: url, headers: headers, body: body))
    }

    /// Calls the internal listener.
    func call(
        _ method: HTTPMethod, _ path: String, replica: Int = 0, token: String? = nil, body: JSONValue? = nil
    ) async throws -> HTTPClientResponse {
        var headers: HTTPHeaders = [:]
        let own = path.hasPrefix("/admin") ? Self.adminToken : Self.issuerToken
        headers["Authorization"] = "Bearer \(token ?? own)"
        headers["Content-Type"] = body.map { _ in "application/json" }
        let url = "http://127.0.0.1:\(replicas[replica].internalServer.port)\(path)"
        return try await client.send(
            HTTPClientRequest(
                method: method, url: url, headers: headers, body: body?.serialized() ?? [], deadline: .seconds(30)))
    }

    /// Stores the issuer of the wallet configuration `acme`.
    func putIssuer(_ id: String = "acme", issuerID: String = GoogleFixtures.issuerID, keyID: String = "k1") async throws
    {
        let response = try await call(
            .put, "/rpc/v1/issuers/\(id)",
            body: [
                "issuerId": .string(issuerID),
                "serviceAccount": try GoogleFixtures.serviceAccount(tokenURI: googleURL + "/token", keyID: keyID),
            ])
        #expect(response.status.isSuccess)
    }

    /// The number that a statement gives.
    func count(_ statement: SQL) async throws -> Int {
        try await pool.query(statement).first?.decode(Int.self) ?? 0
    }
}

/// The service's clock: the system's until a test sets it.
final class NowSource: Sendable {
    private let instant = Mutex<Instant?>(nil)

    func read() -> Instant { instant.withLock { $0 } ?? .now() }
    func set(_ value: Instant) { instant.withLock { $0 = value } }
}
