import GoogleBridge
import HTTPClient
import Postgres
import ServiceKit
import Support
import Testing

@Suite struct BridgeInterfaceTests {
    private func service() -> GoogleBridgeService {
        var settings = Settings(environment: ["MASTER_KEYS": "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="])
        let configuration = Configuration(&settings)
        #expect(settings.faults.isEmpty)
        let pool = PostgresPool(configuration: PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none"))
        return GoogleBridgeService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "test"), metrics: Metrics(), database: pool, httpClient: HTTPClient()))
    }

    @Test("describes exactly the paths and methods that it serves")
    func describesRoutes() throws {
        let service = service()
        let served = Interface.served(by: service.publicRoutes(), service.internalRoutes())
        #expect(try Interface.described(by: GoogleBridgeService.openAPIDocument, serving: served) == served)
    }

    @Test("refuses master keys that are not of 32 bytes")
    func keyLengths() {
        var settings = Settings(environment: ["MASTER_KEYS": "old:" + String(repeating: "A", count: 64)])
        _ = Configuration(&settings)
        #expect(settings.faults.map(\.name) == ["MASTER_KEYS"])
        #expect(settings.faults.allSatisfy { !"\($0)".contains("AAAA") })
    }
}
