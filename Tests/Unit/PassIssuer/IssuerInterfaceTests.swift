import Contracts
import HTTPClient
import PassIssuer
import Postgres
import ServiceKit
import Support
import Testing

@Suite struct IssuerInterfaceTests {
    private func service() throws -> PassIssuerService {
        let ring = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        var settings = Settings(environment: [
            "PASS_TOKEN_KEYS": ring, "LINK_KEYS": ring, "MASTER_KEYS": ring, "SERVICE_TOKEN": "token",
        ])
        let configuration = PassIssuerConfiguration(&settings)
        #expect(settings.faults.isEmpty)
        let pool = PostgresPool(configuration: PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none"))
        return try PassIssuerService(
            configuration: configuration,
            runtime: ServiceRuntime(
                logger: Logger(service: "test"), metrics: Metrics(), database: pool, httpClient: HTTPClient()))
    }

    @Test("describes exactly the paths and methods that it serves")
    func describesRoutes() throws {
        let service = try service()
        let served = Interface.served(by: service.publicRoutes(), service.internalRoutes())
        #expect(try Interface.described(by: PassIssuerService.openAPIDocument, serving: served) == served)
    }

    @Test("refuses keys that are not of 32 bytes, each by its ring and name")
    func keyLengths() {
        let long = "old:" + String(repeating: "A", count: 64)
        var settings = Settings(environment: [
            "PASS_TOKEN_KEYS": long, "LINK_KEYS": long, "MASTER_KEYS": long, "SERVICE_TOKEN": "token",
        ])
        _ = PassIssuerConfiguration(&settings)
        #expect(settings.faults.map(\.name) == ["MASTER_KEYS", "LINK_KEYS"])
        #expect(settings.faults.allSatisfy { "\($0)".contains("old") && !"\($0)".contains("AAAA") })
    }
}
