import HTTPTypes
import ServiceKit

/// Tells at its instant that a pass has ceased to be good by itself: once, on whichever replica looks first.
///
/// Phones show an expired pass by their own clock, and google-bridge tells Google; what is told here is told to webhooks.
struct PassExpiry: Sendable {
    let passes: PassStore
    let logger: Logger
    let clock: @Sendable () -> Instant

    /// How often it looks.
    static let rest = Duration.seconds(1)
    /// How many it takes at once.
    static let portion = 500

    /// Looks until it is cancelled.
    func run() async throws {
        while true {
            do {
                while try await passes.expire(by: clock(), limit: Self.portion) == Self.portion {}
            } catch {
                try Task.checkCancellation()
                logger.warning("Expired passes were not looked for; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }
}
