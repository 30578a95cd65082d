import Contracts
import Cryptography
import HTTPServer
import HTTPTypes

/// Gathers what all services counted, and what their operator should look after.
struct OverviewReading: Sendable {
    let activity: ActivityStore
    let walletConfigurations: WalletConfigurationStore
    let outbox: OutboxStore
    let rollouts: RolloutStore
    let registry: DeviceRegistryClient
    let pushSender: PushSenderClient
    let googleBridge: GoogleBridgeClient

    /// For how long messages may wait before it is worth a word.
    static let patience = 300.0
    /// For how many days a rollout that could not go on is named.
    static let rolloutDays = 7

    /// The figures of a span of days.
    func overview(of days: DayRange, on behalf: HTTPRequest, at now: Instant) async throws -> OverviewAnswer {
        async let own = activity.days(of: days)
        async let installed = registry.statistics(of: days, on: behalf)
        async let pushed = pushSender.statistics(of: days, on: behalf)
        async let saved = googleBridge.statistics(of: days, on: behalf)
        var overview = Overview(of: days)
        overview.add(try await own)
        var warnings: [String] = []
        for (service, counted) in await [
            (OutboxDestination.deviceRegistry, installed), (.pushSender, pushed), (.googleBridge, saved),
        ] {
            overview.add(counted ?? [])
            if counted == nil { warnings.append("\(service.rawValue) can't be asked now: its figures are missing.") }
        }
        warnings += try await outboxWarnings()
        warnings += try await certificateWarnings(at: now)
        warnings += try await rollouts.failed(since: now.adding(seconds: -Self.rolloutDays * 86_400)).map {
            "Rollout \($0) could not go on. GET /admin/v1/rollouts/\($0) says why."
        }
        return overview.answer(warnings: warnings)
    }

    private func outboxWarnings() async throws -> [String] {
        try await outbox.backlog().filter { $1.oldestSeconds > Self.patience }
            .sorted { $0.key.rawValue < $1.key.rawValue }.map { destination, backlog in
                "\(backlog.count) messages wait for \(destination.rawValue), the oldest for "
                    + "\(Int(backlog.oldestSeconds / 60)) minutes. The log of pass-issuer says why."
            }
    }

    private func certificateWarnings(at now: Instant) async throws -> [String] {
        var warnings: [String] = []
        var after = ""
        while true {
            let page = try await walletConfigurations.configurations(after: after, limit: 100)
            for configuration in page {
                // What is stored was read before; one that can't be read any more says so when it is used.
                guard let der = configuration.apple?.certificate, let certificate = try? Certificate(der: der) else {
                    continue
                }
                warnings += AppleCredentials.warnings(about: certificate, at: now).map {
                    "Wallet configuration \(configuration.id): \($0)"
                }
            }
            guard page.count == 100, let last = page.last else { return warnings }
            after = last.id.rawValue
        }
    }
}
