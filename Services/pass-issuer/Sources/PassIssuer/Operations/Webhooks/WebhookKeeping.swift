import HTTPTypes
import ServiceKit

/// Gives up what waits for webhooks for too long, and deletes what is long past.
struct WebhookKeeping: Sendable {
    let deliveries: WebhookDeliveryStore
    /// How long an event is sent again.
    let retryWindow: Duration
    /// How long an event stays in the log.
    let retention: Duration
    let logger: Logger
    let clock: @Sendable () -> Instant

    /// How often it looks.
    static let interval = Duration.seconds(60)
    /// How much it changes at once.
    static let portion = 2_000

    /// Goes on until it is cancelled.
    func run() async throws {
        while true {
            do {
                try await clean()
            } catch {
                try Task.checkCancellation()
                logger.warning("Old events of webhooks were not deleted; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    /// Does everything that is due.
    func clean() async throws {
        let window = Int(retryWindow.components.seconds)
        var (count, givenUp) = (0, 0)
        // One attempt more than the window, so that what was just due is sent before it is given up.
        repeat {
            count = try await deliveries.giveUp(afterSeconds: window + 300, limit: Self.portion)
            givenUp += count
        } while count == Self.portion
        if givenUp > 0 {
            logger.warning(
                "Events were given up: their webhooks took nothing for too long. Replay them once the receiver is back.",
                ["events": "\(givenUp)"])
        }
        let oldest = clock().adding(seconds: -Int(retention.components.seconds))
        while try await deliveries.delete(finishedBefore: oldest, limit: Self.portion) == Self.portion {}
        while try await deliveries.deleteOrphans(limit: Self.portion) == Self.portion {}
    }
}
