import Contracts
import HTTPServer
import HTTPTypes

/// `/rpc/v1/issuers`: the Google credentials of wallet configurations (internal).
struct IssuerRoutes: Sendable {
    let keeper: IssuerKeeper
    let checking: IssuerChecking

    func add(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.putIssuer) { request, body in
            let id: WalletConfigurationID = try request.parameter("walletConfigurationId")
            return try await translated { (NoBody(), try await keeper.put(id, body) ? .created : .ok) }
        }
        routes.serve(GoogleBridgeEndpoints.checkIssuer) { request, _ in
            let id: WalletConfigurationID = try request.parameter("walletConfigurationId")
            return try await translated { try await checking.check(id) }
        }
        routes.serve(GoogleBridgeEndpoints.deleteIssuer) { request, _ in
            let id: WalletConfigurationID = try request.parameter("walletConfigurationId")
            try await translated { try await keeper.delete(id) }
            return NoBody()
        }
    }
}
