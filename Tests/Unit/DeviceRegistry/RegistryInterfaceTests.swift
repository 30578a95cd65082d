import Contracts
import DeviceRegistry
import HTTPClient
import JSON
import Postgres
import ServiceKit
import Support
import Testing

@Suite struct RegistryInterfaceTests {
    private func service() -> DeviceRegistryService {
        var settings = Settings(environment: [
            "PASS_TOKEN_KEYS": "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "SERVICE_TOKEN": "token",
        ])
        let configuration = Configuration(&settings)
        #expect(settings.faults.isEmpty)
        let pool = PostgresPool(configuration: PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none"))
        return DeviceRegistryService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "test"), metrics: Metrics(), database: pool, httpClient: HTTPClient()))
    }

    @Test("describes exactly the paths and methods that it serves")
    func describesRoutes() throws {
        let service = service()
        let served = Interface.served(by: service.publicRoutes(), service.internalRoutes())
        #expect(try Interface.described(by: DeviceRegistryService.openAPIDocument, serving: served) == served)
    }

    @Test("lists every kind of log line that it knows")
    func describesKinds() throws {
        let document = try JSON.parse(DeviceRegistryService.openAPIDocument)
        let kinds = document["components"]?["schemas"]?["DeviceLogKind"]?["enum"]?.arrayValue?.compactMap(\.stringValue)
        #expect(kinds == DeviceLogKind.allCases.map(\.rawValue))
    }
}
