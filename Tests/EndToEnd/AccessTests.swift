import Contracts
import HTTPClient
import HTTPTypes
import Support
import Testing

extension EndToEndTests {
    @Suite("Who may call what", .sharedPlatform) struct AccessTests {
        @Test("a public listener knows none of the internal paths") func publicListeners() async throws {
            let platform = try WalletPlatform.shared()
            let health = ["/healthz", "/readyz", "/metrics", "/openapi.json"].map { InternalCall(.get, $0) }
            for (service, calls) in [
                (platform.issuer, InternalCall.ofIssuer), (platform.registry, InternalCall.ofRegistry),
                (platform.bridge, InternalCall.ofBridge),
            ] {
                for call in calls + health {
                    let answer = try await call.send(
                        to: try #require(service.publicURL), token: platform.secrets.admin, platform)
                    #expect(answer.status == .notFound, "\(service.name): \(call.method.rawValue) \(call.path)")
                }
            }
        }

        @Test("without a token, or with one that nobody has, the answer is 401") func unauthorized() async throws {
            let platform = try WalletPlatform.shared()
            for (service, calls) in [
                (platform.issuer, InternalCall.ofIssuer), (platform.registry, InternalCall.ofRegistry),
                (platform.bridge, InternalCall.ofBridge),
            ] {
                for call in calls {
                    for token in [nil, "", "wrong", platform.secrets.admin.uppercased()] {
                        let answer = try await call.send(to: service.internalURL, token: token, platform)
                        #expect(answer.status == .unauthorized, "\(service.name): \(call.method.rawValue) \(call.path)")
                        #expect(answer.headers["Content-Type"] == "application/problem+json")
                    }
                }
            }
        }

        @Test("with a token of another scope the answer is 403") func forbidden() async throws {
            let platform = try WalletPlatform.shared()
            let registry = try #require(platform.secrets.services[ServiceName.registry.rawValue])
            let issuer = try #require(platform.secrets.services[ServiceName.issuer.rawValue])
            let tokens: [(ServiceProcess, [InternalCall], [AccessScope: String])] = [
                (
                    platform.issuer, InternalCall.ofIssuer,
                    [
                        .admin: platform.secrets.admin, .personalisation: platform.secrets.personalisation,
                        .deviceRegistry: registry,
                    ]
                ),
                (
                    platform.registry, InternalCall.ofRegistry,
                    [.admin: platform.secrets.admin, .passIssuer: issuer]
                ),
                (
                    platform.bridge, InternalCall.ofBridge,
                    [.admin: platform.secrets.admin, .passIssuer: issuer]
                ),
            ]
            for (service, calls, tokens) in tokens {
                for call in calls {
                    for (scope, token) in tokens where !call.scopes.contains(scope) {
                        let answer = try await call.send(to: service.internalURL, token: token, platform)
                        #expect(
                            answer.status == .forbidden, "\(call.method.rawValue) \(call.path) as \(scope.rawValue)")
                    }
                }
            }
        }

        @Test("the personalisation token is unknown to all but the issuer") func personalisation() async throws {
            let platform = try WalletPlatform.shared()
            for call in InternalCall.ofRegistry {
                let answer = try await call.send(
                    to: platform.registry.internalURL, token: platform.secrets.personalisation, platform)
                #expect(answer.status == .unauthorized)
            }
        }

        @Test("health, readiness and metrics need no token") func health() async throws {
            let platform = try WalletPlatform.shared()
            for service in platform.services {
                try await service.waitUntilReady(client: platform.client)
                for path in ["/healthz", "/readyz", "/metrics"] {
                    #expect(try await platform.send(.get, service.internalURL + path).status == .ok)
                }
                let metrics = try await platform.send(.get, service.internalURL + "/metrics")
                #expect(metrics.headers["Content-Type"]?.hasPrefix("text/plain") == true)
                #expect(String(decoding: metrics.body, as: UTF8.self).contains("http_requests_total"))
            }
        }

        @Test("every answer carries a request id, the caller's own when it is one") func requestID() async throws {
            let platform = try WalletPlatform.shared()
            for service in platform.services {
                for base in [service.internalURL, service.publicURL].compactMap({ $0 }) {
                    let own = try await platform.send(.get, base + "/nothing", headers: ["X-Request-Id": "my.own_id-7"])
                    #expect(own.headers["X-Request-Id"] == "my.own_id-7")
                    let odd = try await platform.send(.get, base + "/nothing", headers: ["X-Request-Id": "no id!"])
                    #expect(odd.headers["X-Request-Id"].map { $0 != "no id!" && !$0.isEmpty } == true)
                }
            }
        }
    }
}
