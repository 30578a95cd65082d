import Contracts
import HTTPClient
import HTTPTypes
import Postgres
import ServiceKit

/// Forgets what is known of passes whose contact was erased, and has push-sender forget tokens that belong to nobody.
struct Erasing: Sendable {
    let store: ErasureStore
    let tokens: ForgottenTokenStore
    let pushSender: PushSenderClient
    /// How long a phone may take to fetch its void pass.
    let grace: Duration
    let logger: Logger

    private static let rest = Duration.milliseconds(500)
    private static let portion = PushTokenErasuresRequest.maximumCount
    /// Longer than a call may last.
    private static let leaseSeconds = 15
    private static let retrySeconds = 2
    /// How often passes of which nothing was left are looked at again.
    private static let wholeInterval = Duration.seconds(600)

    /// Takes passes, and says what is left of them.
    func erase(_ passes: [ErasedPass], at now: Instant) async throws -> RegistryErasuresAnswer {
        try await store.add(passes, at: now)
        return try await store.rest(of: passes)
    }

    /// Works until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        var wholeAt = ContinuousClock.now
        while true {
            let begun = ContinuousClock.now
            do {
                let isWhole = ContinuousClock.now >= wholeAt
                try await sweep(at: .now(), isWhole: isWhole)
                if isWhole { wholeAt = ContinuousClock.now + Self.wholeInterval }
                while try await forgetTokens() == Self.portion {}
            } catch {
                try Task.checkCancellation()
                logger.warning("Erased passes were not looked at; it is tried again.", ["error": "\(error)"])
            }
            // Where much is open it takes a twentieth of the time at most.
            try await Task.sleep(for: max(Self.rest, begun.duration(to: .now) * 20))
        }
    }

    /// Forgets what may go at an instant.
    func sweep(at now: Instant, isWhole: Bool) async throws {
        try await store.sweep(
            before: now.adding(seconds: -Int(grace.components.seconds)), isWhole: isWhole)
    }

    /// Has push-sender forget some tokens; how many there were.
    func forgetTokens() async throws -> Int {
        let before = Instant.now()
        let leased = try await tokens.lease(upTo: Self.portion, for: Self.leaseSeconds)
        guard !leased.isEmpty else { return 0 }
        let positions = leased.map(\.position)
        do throws(RPCError) {
            try await pushSender.forget(leased.compactMap { PushToken(rawValue: $0.token) }, before: before)
        } catch {
            logger.warning(
                "push-sender did not forget push tokens; it is asked again.",
                ["tokens": "\(leased.count)", "error": "\(error)"])
            try await tokens.failed(positions, retryAfterSeconds: Self.retrySeconds)
            return 0
        }
        try await tokens.forgotten(positions)
        return leased.count
    }
}
