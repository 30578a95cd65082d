import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Without the database") struct OutageTests {
        @Test("links are still made, opening one is 503 until the database is back, and nothing is restarted")
        func outage() async throws {
            try await withPlatform(ownCluster: true) { platform in
                let cluster = try #require(platform.cluster)
                try await platform.provideDemo()
                try await cluster.stop()

                for service in platform.services {
                    try await eventually("\(service.name) to notice") {
                        try await platform.send(.get, service.internalURL + "/readyz").status == .serviceUnavailable
                    }
                    let readiness = try await platform.send(.get, service.internalURL + "/readyz")
                    #expect(String(decoding: readiness.body, as: UTF8.self).lowercased().contains("database"))
                    #expect(try await platform.send(.get, service.internalURL + "/healthz").status == .ok)
                }
                let link = try await platform.link(for: Person())
                let lines = try await platform.client.send(
                    HTTPClientRequest(
                        method: .post, url: platform.issuer.internalURL + "/pers/v1/urls",
                        headers: [
                            "Authorization": "Bearer \(platform.secrets.personalisation)",
                            "Content-Type": "application/x-ndjson",
                        ],
                        body: Array(#"{"id":"r-1","campaignId":"demo","platform":"apple"}"#.utf8),
                        deadline: .seconds(30)))
                #expect(lines.status == .ok)
                #expect(try JSON.parse(lines.body)["url"]?.stringValue?.contains("/api/pass/create/") == true)
                let opened = try await platform.open(link)
                #expect(opened.status == .serviceUnavailable)
                #expect(opened.headers["Retry-After"].flatMap { Int($0) } != nil)
                #expect(opened.headers["Content-Type"] == "application/problem+json")

                try await cluster.restart()
                for service in platform.services { try await service.waitUntilReady(client: platform.client) }
                let package = try await platform.makePhone().add(link: link)
                #expect(package.pass.hasWebService)
            }
        }

        @Test("a service that starts before its database becomes ready with it") func early() async throws {
            try await withPlatform(ownCluster: true) { platform in
                let cluster = try #require(platform.cluster)
                try await cluster.stop()
                for service in [platform.issuer, platform.registry] {
                    await service.terminate()
                    try await service.start()
                    try await eventually("\(service.name) to listen") {
                        // Until it listens the connection is refused.
                        (try? await platform.send(.get, service.internalURL + "/healthz"))?.status == .ok
                    }
                    #expect(
                        try await platform.send(.get, service.internalURL + "/readyz").status == .serviceUnavailable)
                }
                try await cluster.restart()
                for service in platform.services { try await service.waitUntilReady(client: platform.client) }
            }
        }
    }
}
