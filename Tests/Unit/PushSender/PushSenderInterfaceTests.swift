import Contracts
import HTTPClient
import JSON
import Postgres
import ServiceKit
import Support
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
        let service = service()
        let served = Interface.served(by: service.internalRoutes())
        #expect(try Interface.described(by: PushSenderService.openAPIDocument, serving: served) == served)
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
