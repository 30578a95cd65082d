import Contracts
import HTTPTypes
import ServiceKit

/// Carries erasures out: passes are emptied here, and the other services are asked until nothing is left there.
///
/// Each step can be repeated, and what is known of it stands in the erasure's row: a process that ends gives it to the
/// next.
struct ErasureWork: Sendable {
    let store: ErasureStore
    let passes: PassStore
    let erasing: PassErasing
    let asking: ErasureAsking
    let audit: AuditStore
    let searching: ContactSearching
    /// How long the contents of passes are kept whose campaign has ended; nil is for good.
    let endedRetention: Duration?
    let logger: Logger
    let clock: @Sendable () -> Instant

    private static let rest = Duration.milliseconds(500)
    private static let leaseSeconds = 60
    private static let portion = 100
    /// How many passes of an ended campaign are erased together.
    private static let endedPortion = 1_000
    /// Longer than a statement may last: from then on every writer that began before has ended.
    static let lastLookSeconds = 15
    private static let endedInterval = Duration.seconds(60)

    /// Works until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        var endedAt = ContinuousClock.now
        while true {
            do {
                if ContinuousClock.now >= endedAt {
                    try await beginEnded()
                    endedAt = ContinuousClock.now + Self.endedInterval
                }
                while let erasure = try await store.take(for: Self.leaseSeconds) { try await look(at: erasure) }
            } catch {
                try Task.checkCancellation()
                logger.warning("An erasure did not go on; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Begins to erase passes of a campaign that ended long enough ago.
    func beginEnded() async throws {
        guard let endedRetention else { return }
        let now = clock()
        _ = try await store.insertEnded(
            before: now.adding(seconds: -Int(endedRetention.components.seconds)),
            requestID: "retention-\(now.wholeSeconds)", at: now)
    }

    /// Does what can be done of an erasure now.
    func look(at erasure: StoredErasure) async throws {
        let begun = clock()
        let age = begun.wholeSeconds - erasure.createdAt.wholeSeconds
        // Once everybody who began before it has ended nothing comes to it any more, and the contact's id is forgotten.
        var isEmptied = erasure.remaining.issuer == 0
        if !isEmptied {
            let contact: String?
            switch try await searching.look(for: erasure, at: begun) {
            case .contact(let id): contact = id
            case .nobody: contact = nil
            case .sought(let seconds):
                try await store.record(
                    StoredErasure.Remaining(issuer: 1), of: erasure.id, nextLookAfterSeconds: seconds)
                return
            }
            isEmptied = try await emptyPasses(of: erasure, contact)
            if age > Self.lastLookSeconds { try await store.deleteLate(of: erasure.id, contact: contact) }
        }
        // Others are asked once there is nothing more to tell them of.
        var remaining =
            isEmptied ? try await asking.remaining(of: erasure) : StoredErasure.Remaining()
        remaining.issuer = isEmptied && age > Self.lastLookSeconds ? 0 : 1
        if remaining.isNothing {
            try await store.finish(erasure, audit: audit, at: clock())
            logger.info("An erasure has ended.", ["erasure": "\(erasure.id)"])
        } else {
            try await store.record(
                remaining, of: erasure.id, nextLookAfterSeconds: isEmptied ? min(max(age / 20, 1), 60) : 0)
        }
    }

    /// Empties passes; whether none was found any more.
    private func emptyPasses(of erasure: StoredErasure, _ contact: String?) async throws -> Bool {
        let found: [Pass]
        if let campaign = erasure.campaign {
            if erasure.passes >= Self.endedPortion { return true }
            found = try await store.passes(of: campaign, limit: Self.portion)
        } else if let contact {
            found = try await passes.passes(ofContact: contact, after: "", limit: Self.portion)
        } else {
            return true
        }
        for pass in found { _ = try await erasing.erase(pass, by: erasure, at: clock()) }
        return found.isEmpty
    }
}
