import Contracts
import HTTPClient
import HTTPTypes
import ServiceKit
import Tracing

/// Sends the messages of one lane, on every replica at once, until they were taken.
struct OutboxDelivery: Sendable {
    let lane: OutboxLane
    let outbox: OutboxStore
    let wakeUp: WakeUp
    let post: OutboxPost
    let tracer: Tracer
    let logger: Logger

    /// How long a taken message stays with this replica; longer than a call may last, so that no two send it at once.
    static let leaseSeconds = 15

    private typealias Event = OutboxSchedule.Event

    /// Sends what becomes due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            var schedule = OutboxSchedule(width: lane.width)
            repeat {
                let wanted = schedule.wanted
                if wanted > 0 {
                    let messages = try await take(wanted)
                    schedule.took(messages.count, of: wanted)
                    for message in messages { group.addTask { Event.settled(await follow(message)) } }
                }
                if let rest = schedule.beginRest() { group.addTask { try await event(after: rest) } }
            } while schedule.note(try await group.next())
        }
    }

    /// A service that is away is not asked the sooner for another message.
    private func event(after rest: OutboxSchedule.Rest) async throws -> Event {
        switch rest {
        case .untilWoken(let limit): await wakeUp.wait(atMost: limit)
        case .whole(let rest): try await Task.sleep(for: rest)
        }
        try Task.checkCancellation()
        return .rested
    }

    /// Takes due messages; none while the database is away.
    private func take(_ wanted: Int) async throws -> [OutboxMessage] {
        do {
            return try await outbox.lease(upTo: wanted, of: lane, for: Self.leaseSeconds)
        } catch {
            try Task.checkCancellation()
            logger.warning("The outbox can't be read; it is tried again.", ["error": "\(error)"])
            return []
        }
    }

    /// Delivers a message in the trace of the change that it is about.
    private func follow(_ message: OutboxMessage) async -> OutboxSchedule.Outcome {
        await tracer.work(
            "deliver \(message.kind.rawValue)", .consumer, continuing: message.payload.trace,
            [
                .text("wallet.destination", lane.destination.rawValue), .text("wallet.message", "\(message.messageID)"),
                .number("wallet.attempt", message.attempts),
            ]
        ) { await deliver(message) }
    }

    private func deliver(_ message: OutboxMessage) async -> OutboxSchedule.Outcome {
        do {
            try await post.send(try message.content(), message)
            try await outbox.delivered(message)
            return .taken
        } catch {
            let outcome = Self.outcome(of: error)
            logger.warning(
                "A message was not taken; it is sent again.",
                [
                    "destination": lane.destination.rawValue, "kind": message.kind.rawValue,
                    "message": "\(message.messageID)", "attempts": "\(message.attempts)", "error": "\(error)",
                ])
            // When this fails too the lease ends by itself.
            try? await outbox.failed(
                message, reason: "\(error)",
                retryAfterMilliseconds: Self.backOff(outcome, attempts: message.attempts, jitter: .random(in: 0.5...1)))
            return outcome
        }
    }

    /// Whether the service is at fault, or its configuration, rather than this message.
    static func outcome(of error: any Error) -> OutboxSchedule.Outcome {
        switch error as? RPCError {
        case .unreachable: .unavailable
        case .problem(let problem) where [401, 403, 429, 502, 503, 504].contains(problem.status): .unavailable
        case .problem, .malformedResponse, .invalidCall, nil: .refused
        }
    }

    /// A service that is away is the lane's matter, and its messages are ready when it is back. One that is refused by
    /// itself waits half a second, doubled with each attempt, five minutes at most; chance lets replicas spread.
    static func backOff(_ outcome: OutboxSchedule.Outcome, attempts: Int, jitter: Double) -> Int {
        if outcome == .unavailable { return Int(1_000 * jitter) }
        let doubled = 500.0 * Double(1 << min(max(attempts - 1, 0), 10))
        return Int(min(doubled, 300_000) * jitter)
    }
}
