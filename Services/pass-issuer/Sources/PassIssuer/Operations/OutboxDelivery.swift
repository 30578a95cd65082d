import Contracts
import HTTPClient
import HTTPTypes
import ServiceKit

/// Sends what the outbox holds to the device registry, on every replica at once, until it was taken there.
struct OutboxDelivery: Sendable {
    let outbox: OutboxStore
    let registry: DeviceRegistryClient
    let logger: Logger
    let metrics: OutboxMetrics

    /// How many messages a round takes.
    static let batch = 64
    /// How many are under way at once.
    static let parallel = 8
    /// How long a taken message stays with this replica; longer than a call may last.
    static let leaseSeconds = 15

    /// How long it rests when nothing is due.
    static let rest = Duration.milliseconds(200)

    /// How often the backlog is measured.
    static let measuring = Duration.seconds(5)

    /// Sends what becomes due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        var measureAt = ContinuousClock.now
        while !Task.isCancelled {
            do {
                if ContinuousClock.now >= measureAt {
                    let backlog = try await outbox.backlog()
                    metrics.set(waiting: backlog.count, oldestSeconds: backlog.oldestSeconds)
                    measureAt = ContinuousClock.now + Self.measuring
                }
                if try await deliver() == Self.batch { continue }
            } catch {
                try Task.checkCancellation()
                logger.warning("The outbox can't be read; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Sends what is due.
    /// - Returns: how many messages it took; a full batch means that more may wait.
    func deliver() async throws -> Int {
        let messages = try await outbox.lease(upTo: Self.batch, for: Self.leaseSeconds)
        await withTaskGroup(of: Void.self) { group in
            var waiting = messages.makeIterator()
            for _ in 0..<Self.parallel {
                guard let message = waiting.next() else { break }
                group.addTask { await deliver(message) }
            }
            while await group.next() != nil, let message = waiting.next() {
                group.addTask { await deliver(message) }
            }
        }
        return messages.count
    }

    private func deliver(_ message: OutboxMessage) async {
        do {
            try await registry.tell(message.notice, updateID: message.updateID)
            try await outbox.delivered(message.id)
        } catch {
            logger.warning(
                "The device registry did not take a change; it is sent again.",
                [
                    "message": "\(message.updateID)", "attempts": "\(message.attempts)", "error": "\(error)",
                ])
            // When this fails too the lease ends by itself.
            try? await outbox.failed(
                message.id, reason: "\(error)",
                retryAfterMilliseconds: Self.backOff(attempts: message.attempts, jitter: .random(in: 0.5...1)))
        }
    }

    /// Half a second, doubled with each attempt, five minutes at most, and a share of chance so that replicas spread.
    static func backOff(attempts: Int, jitter: Double) -> Int {
        let doubled = 500.0 * Double(1 << min(max(attempts - 1, 0), 10))
        return Int(min(doubled, 300_000) * jitter)
    }
}
