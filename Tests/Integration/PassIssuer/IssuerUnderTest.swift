import Contracts
import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Support
import Synchronization
import Testing

@testable import PassIssuer

/// pass-issuer in this process, behind its real listeners, on a database of its own.
final class IssuerUnderTest: Sendable {
    static let adminToken = "admin-token"
    static let personalisationToken = "personalisation-token"
    static let registryToken = "registry-token"

    let database: TestDatabase
    let pool: PostgresPool
    let service: PassIssuerService
    let client = HTTPClient()
    let publicURL: String
    let internalURL: String
    let environment: [String: String]

    private let servers: [HTTPServer]
    private let background: Task<Void, Never>

    /// - Parameter settings: settings beside the necessary ones.
    init(_ settings: [String: String] = [:]) async throws {
        database = try await TestDatabase.make()
        pool = PostgresPool(
            configuration: PostgresConfiguration(url: database.url(for: .passIssuer), size: 4), onEvent: { _ in })
        pool.start()
        try await database.migrate(PassIssuerService.self, as: .passIssuer)
        let digest = { (token: String) in Hex.encode(SHA256.digest(Array(token.utf8))) }
        var environment = [
            "ADMIN_TOKEN_SHA256": digest(Self.adminToken),
            "PERSONALISATION_TOKEN_SHA256": digest(Self.personalisationToken),
            "DEVICE_REGISTRY_TOKEN_SHA256": digest(Self.registryToken), "SERVICE_TOKEN": "issuer-token",
            "MASTER_KEYS": Self.keys, "LINK_KEYS": Self.keys, "PASS_TOKEN_KEYS": Self.keys,
            "CREATE_RATE_PER_ADDRESS": "100000", "CREATE_BURST_PER_ADDRESS": "100000",
            "GOOGLE_BRIDGE_URL": "http://127.0.0.1:1",
            "LINK_BASE_URL": "https://wallet.example", "WEB_SERVICE_URL": "https://registry.example",
        ]
        environment.merge(settings) { $1 }
        self.environment = environment
        service = try Self.makeService(environment, on: pool, client)
        let publicServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "public", address: "127.0.0.1", htmlProblems: true),
            routes: try #require(service.publicRoutes()))
        let internalServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "internal", address: "127.0.0.1"),
            routes: service.internalRoutes())
        try publicServer.start()
        try internalServer.start()
        servers = [publicServer, internalServer]
        publicURL = "http://127.0.0.1:\(publicServer.port)"
        internalURL = "http://127.0.0.1:\(internalServer.port)"
        background = Task { [service] in try? await service.run() }
    }

    static let keys = "k1:" + Base64.encode(Array(0..<32))

    private static func makeService(
        _ environment: [String: String], on pool: PostgresPool, _ client: HTTPClient
    ) throws -> PassIssuerService {
        var reader = Settings(environment: environment)
        let configuration = PassIssuerConfiguration(&reader)
        try #require(reader.faults.isEmpty, "\(reader.faults)")
        return try PassIssuerService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "pass-issuer", level: .error, format: .text), metrics: Metrics(),
                database: pool, httpClient: client))
    }

    /// The same service once more, on connections of its own.
    func makeService(on pool: PostgresPool) throws -> PassIssuerService {
        try Self.makeService(environment, on: pool, client)
    }

    /// Ends listeners, background work and connections.
    func stop() async {
        background.cancel()
        for server in servers { await server.stop(deadline: .seconds(5)) }
        await background.value
        await pool.close()
        client.shutdown()
    }

    /// Ends what runs beside requests.
    func stopBackgroundWork() async {
        background.cancel()
        await background.value
    }

    /// Runs a test against a service that ends with it.
    static func run(_ settings: [String: String] = [:], _ body: (IssuerUnderTest) async throws -> Void) async throws {
        let issuer = try await IssuerUnderTest(settings)
        do {
            try await body(issuer)
        } catch {
            await issuer.stop()
            throw error
        }
        await issuer.stop()
    }

    /// Runs a test with the campaign `spring`, which issues passes, and the version that it has; nothing runs beside it.
    static func runWithCampaign(_ body: (IssuerUnderTest, _ version: Int) async throws -> Void) async throws {
        try await run { issuer in
            await issuer.stopBackgroundWork()
            try await issuer.putActiveCampaign("spring")
            let version = try await issuer.pool.query("SELECT current_version FROM issuer.campaigns").only()
            try await body(issuer, try version.decode(Int.self))
        }
    }
}

extension IssuerUnderTest {
    /// An answer with what tests look at.
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        var json: JSONValue { (try? JSON.parse(body)) ?? .null }
        var text: String { String(decoding: body, as: UTF8.self) }
        /// The pointers of a problem's errors.
        var pointers: [String] { (json["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue } }
    }

    /// Sends a request to the internal listener as the admin.
    func admin(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> Answer {
        try await send(
            method, internalURL + path, token: Self.adminToken, body: body?.serialized() ?? [],
            headers: body == nil ? [:] : ["Content-Type": "application/json"])
    }

    /// Sends any request.
    func send(
        _ method: HTTPMethod, _ url: String, token: String? = nil, body: [UInt8] = [], headers: HTTPHeaders = [:]
    ) async throws -> Answer {
        var headers = headers
        if let token { headers["Authorization"] = "Bearer \(token)" }
        let answer = try await client.send(
            HTTPClientRequest(method: method, url: url, headers: headers, body: body, deadline: .seconds(30)))
        return Answer(status: answer.status.rawValue, headers: answer.headers, body: answer.body)
    }

    /// Opens a link at the public listener.
    func open(_ url: String, method: HTTPMethod = .get, headers: HTTPHeaders = [:]) async throws -> Answer {
        let path = url.replacingOccurrences(of: environment["LINK_BASE_URL"] ?? "", with: "")
        return try await send(method, publicURL + path, headers: headers)
    }

    /// Asks for the package of a pass as the device registry does.
    func package(
        _ serialNumber: String, passType: String = "pass.example.demo", since: String? = nil, method: HTTPMethod = .get
    ) async throws -> Answer {
        try await send(
            method, internalURL + "/rpc/v1/passes/\(passType)/\(serialNumber)", token: Self.registryToken,
            headers: since.map { ["If-Modified-Since": $0] } ?? [:])
    }

    /// The link of one request.
    func link(
        campaign: String = "spring", platform: String = "apple", key: String? = "c-1",
        contact: JSONValue = ["id": "c-1"],
        voucher: JSONValue = ["points": 10], _ more: JSONObject = [:]
    ) async throws -> String {
        var request: JSONObject = [
            "campaignId": .string(campaign), "platform": .string(platform), "contact": contact, "voucher": voucher,
        ]
        request["passKey"] = key.map(JSONValue.string)
        for (key, value) in more { request[key] = value }
        let answer = try await send(
            .post, internalURL + "/pers/v1/urls", token: Self.personalisationToken,
            body: JSONValue.object(["requests": .array([.object(request)])]).serialized(),
            headers: ["Content-Type": "application/json"])
        return try #require(answer.json["urls"]?.arrayValue?.first?["url"]?.stringValue, "\(answer.text)")
    }

    /// How many rows a table of the issuer has.
    func count(_ table: StaticString) async throws -> Int {
        try await pool.query("SELECT count(*) FROM issuer.\(unescaped: table)").first?.decode(Int.self) ?? 0
    }
}
