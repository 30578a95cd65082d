import HTTPTypes
import ServiceKit

/// Lets passes expire at their moment: Google by itself may take a day longer.
struct Expiry: Sendable {
    let objects: ObjectStore
    let logger: Logger
    let clock: @Sendable () -> Instant

    private static let batch = 200
    private static let rest = Duration.seconds(1)

    /// Looks for passes whose time has come until it is cancelled.
    func run() async throws {
        while true {
            do {
                while try await objects.expire(by: clock(), atMost: Self.batch) == Self.batch {}
            } catch {
                try Task.checkCancellation()
                logger.warning("Expired passes were not looked for; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }
}
