import Contracts
import HTTPClient
import HTTPServer
import JSON
import Postgres
import ServiceKit
import Testing

@testable import PushSender

@Suite struct PushSenderInterfaceTests {
    private static let ring = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    private func service() -> PushSenderService {
        var settings = Settings(environment: ["MASTER_KEYS": Self.ring, "SERVICE_TOKEN": "token"])
        let configuration = Configuration(&settings)
        #expect(settings.faults.isEmpty)
        let pool = PostgresPool(configuration: PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none"))
        return PushSenderService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "test"), metrics: Metrics(), database: pool, httpClient: HTTPClient()))
    }

    @Test("describes exactly the paths and methods that it serves")
    func describesRoutes() throws {
        let routes = service().internalRoutes().templates
        let served = Set(routes.map { "\($0.method.rawValue.lowercased()) \($0.template)" })
        let document = try JSON.parse(PushSenderService.openAPIDocument)
        var described: Set<String> = []
        for (path, item) in try #require(document["paths"]?.objectValue) {
            for method in ["get", "head", "post", "put", "patch", "delete"] {
                guard let operation = item[method], operation["tags"]?[0] != "operations" else { continue }
                described.insert("\(method) \(path)")
            }
        }
        #expect(described == served)
    }

    @Test("lists every state of a topic")
    func describesStates() throws {
        let document = try JSON.parse(PushSenderService.openAPIDocument)
        let states = document["components"]?["schemas"]?["Topic"]?["properties"]?["state"]?["enum"]?.arrayValue?
            .compactMap(\.stringValue)
        #expect(states == TopicState.allCases.map(\.rawValue))
    }

    @Test("refuses an address of APNs without TLS, and keys that are not of 32 bytes, each by its name")
    func refusesSettings() {
        var settings = Settings(environment: [
            "MASTER_KEYS": "old:" + String(repeating: "A", count: 64), "SERVICE_TOKEN": "token",
            "APNS_URL": "http://api.push.apple.com",
        ])
        _ = Configuration(&settings)
        #expect(settings.faults.map(\.name) == ["APNS_URL", "MASTER_KEYS"])
    }
}
