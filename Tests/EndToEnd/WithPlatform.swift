import APNsSimulator
import Support
import Testing

/// Runs a body on a platform of its own, which ends with it in whatever way.
///
/// That each service ends in order, and that no log holds a secret or a person, is part of every such test.
func withPlatform(
    ownCluster: Bool = false, settings: [String: String] = [:], isStarted: Bool = true,
    updatedFrom: PreviousRelease? = nil, apns: (inout APNsSimulatorConfiguration) -> Void = { _ in },
    _ body: (WalletPlatform) async throws -> Void
) async throws {
    let platform = try await WalletPlatform(
        ownCluster: ownCluster, settings: settings, updatedFrom: updatedFrom, apns: apns)
    let outcome: Result<Void, any Error>
    do {
        if isStarted { try await platform.start() }
        outcome = .success(try await body(platform))
    } catch {
        outcome = .failure(error)
        for service in platform.services { print("\(service.name) logged last:\n\(service.log.suffix(2_000))") }
    }
    for finding in await platform.stop() { Issue.record(Comment(rawValue: finding)) }
    try outcome.get()
}

/// Gives a platform the demo and a second wallet configuration for both wallets, whose keys push-sender and google-bridge
/// hold once this returns.
func provideEveryCredential(_ platform: WalletPlatform) async throws {
    try await platform.provideDemo()
    try await platform.putWalletConfiguration(.both, certificate: "other", google: true)
    try await eventually("the credentials to have arrived everywhere") {
        try await platform.query(
            "SELECT (SELECT count(*) FROM push.credentials), (SELECT count(*) FROM google.issuers)") == "2|1"
    }
}
