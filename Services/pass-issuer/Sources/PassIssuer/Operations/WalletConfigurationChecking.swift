import Contracts
import HTTPClient
import HTTPTypes

/// The live checks of a wallet configuration: what can be seen here, and what the services say that use its keys.
struct WalletConfigurationChecking: Sendable {
    let store: WalletConfigurationStore
    let pushSender: PushSenderClient
    let googleBridge: GoogleBridgeClient

    /// Runs every check that the configuration has something for.
    func checks(of id: WalletConfigurationID, at now: Instant) async throws -> ConfigurationChecks {
        guard let configuration = try await store.configuration(id) else {
            throw AdministrationError.unknown("wallet configuration")
        }
        async let apns = apnsChecks(configuration)
        async let google = googleChecks(configuration)
        let own = configuration.apple?.checks(at: now) ?? []
        let checks = await own + apns + google
        guard !checks.isEmpty else {
            return ConfigurationChecks(checks: [
                ConfigurationCheck(
                    name: "platforms", state: .warning,
                    detail: "The configuration holds nothing for Apple or Google yet.",
                    remedy: "Put `apple`, `google` or both.")
            ])
        }
        return ConfigurationChecks(checks: checks)
    }

    private func apnsChecks(_ configuration: WalletConfiguration) async -> [ConfigurationCheck] {
        guard let apple = configuration.apple else { return [] }
        return await asking("apnsHandshake", "push-sender") { () throws(RPCError) in
            try await pushSender.checks(of: apple.passTypeIdentifier)
        }
    }

    private func googleChecks(_ configuration: WalletConfiguration) async -> [ConfigurationCheck] {
        guard configuration.google != nil else { return [] }
        return await asking("googleToken", "google-bridge") { () throws(RPCError) in
            try await googleBridge.checks(of: configuration.id)
        }
    }

    /// The checks of another service, or one that says why there are none.
    private func asking(
        _ name: String, _ service: String, _ body: () async throws(RPCError) -> [ConfigurationCheck]
    ) async -> [ConfigurationCheck] {
        do throws(RPCError) {
            return try await body()
        } catch {
            let isUnknown = error.status == .notFound
            return [
                ConfigurationCheck(
                    name: name, state: isUnknown ? .warning : .failed,
                    detail: isUnknown
                        ? "\(service) has not got the credentials yet." : "\(service) can't be asked: \(error)",
                    remedy: isUnknown
                        ? "Try again in a moment; the outbox brings them." : "See whether \(service) runs and is ready."
                )
            ]
        }
    }
}
