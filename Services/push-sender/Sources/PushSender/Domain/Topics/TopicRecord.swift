import Contracts
import HTTPTypes

/// A topic as it is stored.
struct TopicRecord: Sendable, Hashable {
    /// Its number in the database.
    let number: Int
    let passTypeIdentifier: PassTypeIdentifier
    let isPaused: Bool
    let isStopped: Bool
    let isOpen: Bool
    let hasCredentials: Bool
    let lastError: String?
    let certificateNotAfter: Instant?

    /// What an operator is told of a topic whose credentials have not come yet.
    static let noCredentials = "There are no credentials for this pass type."

    /// Where it stands: what an admin has done goes first, then what stops it for longer.
    var state: TopicState {
        if isPaused { return .paused }
        if isStopped || !hasCredentials { return .stopped }
        return isOpen ? .open : .running
    }

    /// The topic with what waits and what came of the rest.
    func described(_ queue: TopicQueue, _ tally: TopicTally) -> Topic {
        Topic(
            passTypeIdentifier: passTypeIdentifier, state: state, queued: queue.waiting, inFlight: queue.inFlight,
            accepted: tally.accepted, rejected: tally.refusals, oldestQueuedAt: queue.oldestQueuedAt,
            lastError: lastError ?? (hasCredentials ? nil : Self.noCredentials),
            certificateNotAfter: certificateNotAfter)
    }
}
