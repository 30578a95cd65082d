import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import ServiceKit

/// Asks Google which passes are saved, class by class, in case callbacks stay away: they are best effort, and once
/// stopped for weeks.
struct Reconciliation: Sendable {
    let store: ReconciliationStore
    let issuers: IssuerKeeper
    let wallet: PacedWallet
    let interval: Duration
    let logger: Logger
    let clock: @Sendable () -> Instant

    private static let pageSize = 200
    private static let rest = Duration.seconds(30)
    /// How long one page may take; its turn in the pace included.
    private static let patience = Duration.seconds(60)

    /// Goes through what is due, again and again until it is cancelled.
    func run() async throws {
        guard interval > .zero else { return }
        while true {
            do {
                while try await reconcileOne() {}
            } catch {
                try Task.checkCancellation()
                logger.warning("Saved passes were not counted; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Asks for one page of one class; false when none is due. Whoever takes a class has it for a while; a crash gives
    /// it back where it was.
    func reconcileOne() async throws -> Bool {
        let due = try await store.take(olderThan: clock().adding(seconds: -Int(interval.components.seconds)))
        guard let due else { return false }
        do {
            let issuer = try await issuers.credentials(of: due.walletConfiguration)
            let page = try await wallet.call(
                .objects(due.kind, ofClass: due.classID, limit: Self.pageSize, after: due.token), as: issuer,
                by: .now + Self.patience)
            let states = (page["resources"]?.arrayValue ?? []).compactMap { item -> (String, Bool)? in
                item["id"]?.stringValue.map { ($0, item["hasUsers"]?.boolValue ?? false) }
            }
            let next = page["pagination"]?["nextPageToken"]?.stringValue
            try await store.record(states, of: due, next: next, at: clock())
        } catch let failure as GoogleFailure {
            logger.info(
                "Google did not list the objects of a class.", ["class": due.classID, "error": "\(failure)"])
            // Begun anew when its time comes again, and not at once.
            try await store.record([], of: due, next: nil, at: clock())
        } catch BridgeError.unknownIssuer {
            try await store.record([], of: due, next: nil, at: clock())
        }
        return true
    }
}
