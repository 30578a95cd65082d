import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/wallet-configurations`: the customers' certificates and keys (internal).
struct WalletConfigurationRoutes: Sendable {
    let store: WalletConfigurationStore
    let editing: WalletConfigurationEditing
    let signingRequests: SigningRequests
    let checking: WalletConfigurationChecking
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.putWalletConfiguration) { request, body in
            let id: WalletConfigurationID = try request.identifier("id")
            return try await translated {
                let outcome = try await editing.put(id, body, at: clock())
                return (Self.answer(outcome.configuration, at: clock()), outcome.isNew ? .created : .ok)
            }
        }
        routes.serve(PassIssuerEndpoints.getWalletConfiguration) { request, _ in
            let id: WalletConfigurationID = try request.identifier("id")
            return try await translated {
                guard let configuration = try await store.configuration(id) else {
                    throw AdministrationError.unknown("wallet configuration")
                }
                return Self.answer(configuration, at: clock())
            }
        }
        routes.serve(PassIssuerEndpoints.deleteWalletConfiguration) { request, _ in
            let id: WalletConfigurationID = try request.identifier("id")
            try await translated { try await editing.delete(id) }
            return NoBody()
        }
        routes.serve(PassIssuerEndpoints.makeSigningRequest) { request, _ in
            let id: WalletConfigurationID = try request.identifier("id")
            return try await translated { try await signingRequests.make(for: id, at: clock()) }
        }
        routes.serve(PassIssuerEndpoints.checkWalletConfiguration) { request, _ in
            let id: WalletConfigurationID = try request.identifier("id")
            return try await translated { try await checking.checks(of: id, at: clock()) }
        }
        routes.serve(PassIssuerEndpoints.listWalletConfigurations) { request, _ in
            let page = try PageRequest(request)
            return try await translated {
                let found = try await store.configurations(after: page.after, limit: page.limit + 1)
                return page.page(of: found, key: \.id.rawValue) { Self.answer($0, at: clock()) }
            }
        }
    }

    private static func answer(_ configuration: WalletConfiguration, at now: Instant) -> Contracts.WalletConfiguration {
        Contracts.WalletConfiguration(configuration, at: now)
    }
}
