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
    /// How many passes are taken together.
    private static let portion = 100
    private static let tokenPortion = PushTokenErasuresRequest.maximumCount
    /// Longer than a portion or a call may last.
    private static let leaseSeconds = 15
    private static let retrySeconds = 2

    /// Takes passes, and says what is left of them.
    func erase(_ passes: [ErasedPass], at now: Instant) async throws -> RegistryErasuresAnswer {
        try await store.add(passes, at: now)
        return try await store.rest(of: passes)
    }

    /// Works until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        while true {
            do {
                while try await look(at: .now()) == Self.portion {}
                while try await forgetTokens() == Self.tokenPortion {}
            } catch {
                try Task.checkCancellation()
                logger.warning("Erased passes were not looked at; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Forgets what may go at an instant of some erased passes that are due; how many there were.
    func look(at now: Instant) async throws -> Int {
        let oldest = now.adding(seconds: -Int(grace.components.seconds))
        let due = try await store.take(upTo: Self.portion, for: Self.leaseSeconds)
        for pass in due { try await store.look(at: pass, before: oldest) }
        return due.count
    }

    /// Has push-sender forget some tokens; how many there were.
    func forgetTokens() async throws -> Int {
        let before = Instant.now()
        let leased = try await tokens.lease(upTo: Self.tokenPortion, for: Self.leaseSeconds)
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
