import Contracts
import DeviceRegistry
import HTTPClient
import HTTPServer
import JSON
import Postgres
import ServiceKit
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

    private static let methods = ["get", "head", "post", "put", "patch", "delete"]

    @Test("describes exactly the paths and methods that it serves")
    func describesRoutes() throws {
        let service = service()
        let routes = (service.publicRoutes()?.templates ?? []) + service.internalRoutes().templates
        let served = Set(routes.map { "\($0.method.rawValue.lowercased()) \($0.template)" })
        let document = try JSON.parse(DeviceRegistryService.openAPIDocument)
        var described: Set<String> = []
        for (path, item) in try #require(document["paths"]?.objectValue) {
            for method in Self.methods where item[method]?["tags"]?[0] != "operations" {
                if item[method] != nil { described.insert("\(method) \(path)") }
            }
        }
        // GET routes answer HEAD too.
        described.remove("head /v1/passes/{passTypeIdentifier}/{serialNumber}")
        #expect(described == served)
    }

    @Test("lists every kind of log line that it knows")
    func describesKinds() throws {
        let document = try JSON.parse(DeviceRegistryService.openAPIDocument)
        let kinds = document["components"]?["schemas"]?["DeviceLogKind"]?["enum"]?.arrayValue?.compactMap(\.stringValue)
        #expect(kinds == DeviceLogKind.allCases.map(\.rawValue))
    }
}
