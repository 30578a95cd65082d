import APNsSimulator
import Support
import Testing

/// Runs a body on a platform of its own, which ends with it in whatever way.
///
/// That each service ends in order, and that no log holds a secret or a person, is part of every such test.
func withPlatform(
    ownCluster: Bool = false, settings: [String: String] = [:], isStarted: Bool = true,
    apns: (inout APNsSimulatorConfiguration) -> Void = { _ in }, _ body: (WalletPlatform) async throws -> Void
) async throws {
    let platform = try await WalletPlatform(ownCluster: ownCluster, settings: settings, apns: apns)
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
