import Postgres
import ServiceKit

/// Adds single changes of registrations up to the numbers of their days.
struct ActivityCount: Sendable {
    /// How many at once: more would hold the database for so long that phones wait behind them.
    private static let batch = 500
    private static let pauseBetweenBatches = Duration.milliseconds(25)
    private static let pause = Duration.seconds(5)

    let activity: ActivityStore
    let logger: Logger

    /// Adds them up now and then until its task is cancelled; a database that is away is met again at the next turn.
    func run() async throws {
        while true {
            do {
                try await add()
            } catch {
                try Task.checkCancellation()
                logger.warning("The registrations of the day were not added up.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    /// Adds up all that there is.
    func add() async throws {
        while try await activity.add(atMost: Self.batch) == Self.batch {
            try await Task.sleep(for: Self.pauseBetweenBatches)
        }
    }
}
