import ServiceKit

/// Deletes pictures that no campaign shows any more, a day after they were last sent.
struct ImageCleaning: Sendable {
    let images: ImageStore
    let logger: Logger

    /// How often it looks.
    static let interval = Duration.seconds(3_600)
    /// How long a picture stays that nothing shows, so that Google and mail programs still find it for a while.
    static let graceSeconds = 86_400

    /// Cleans until it is cancelled.
    func run() async throws {
        while true {
            do {
                let count = try await images.deleteUnused(olderThanSeconds: Self.graceSeconds)
                if count > 0 { logger.info("Unused images were deleted.", ["count": "\(count)"]) }
            } catch {
                try Task.checkCancellation()
                logger.warning("Unused images were not deleted; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.interval)
        }
    }
}
