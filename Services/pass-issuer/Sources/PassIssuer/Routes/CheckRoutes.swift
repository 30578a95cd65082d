import Contracts
import Cryptography
import HTTPServer
import HTTPTypes

/// `/admin/v1/checks/package`: what is wrong with a package that somebody hands in (internal). Nothing is stored.
struct CheckRoutes: Sendable {
    let walletConfigurations: WalletConfigurationStore
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.on(
            .post, PassIssuerPaths.packageCheck, scopes: [.admin], body: .collected(limit: PackageChecker.maximumBytes)
        ) { request in
            let authorities = try await translated { try await believed(request) }
            let report = PackageChecker(authorities: authorities, now: clock().wholeSeconds).check(request.body)
            return try .json(PackageCheckAnswer(report))
        }
    }

    /// Apple's roots, or with `?walletConfigurationId=` what that configuration signs with, for demonstrations.
    private func believed(_ request: HTTPRequest) async throws -> PassAuthorities {
        guard let text = request.query.first("walletConfigurationId") else { return .apple }
        guard let id = WalletConfigurationID(rawValue: text) else {
            throw Problem(.badRequest, "`walletConfigurationId` is \(WalletConfigurationID.rule).")
        }
        guard let configuration = try await walletConfigurations.configuration(id) else {
            throw AdministrationError.unknown("wallet configuration")
        }
        let chain = configuration.apple?.intermediates ?? []
        return .others(PassAuthorities.apple.anchors + chain.compactMap { try? Certificate(der: $0) })
    }
}
