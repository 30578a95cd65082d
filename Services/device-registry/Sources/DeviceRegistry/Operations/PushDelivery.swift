import Contracts
import HTTPClient
import ServiceKit
import Tracing

/// Hands what the outbox holds to push-sender, on every replica at once, until it was taken there.
struct PushDelivery: Sendable {
    let outbox: OutboxStore
    let wakeUp: WakeUp
    let pushSender: PushSenderClient
    let logger: Logger
    let metrics: PushDeliveryMetrics
    var tracer = Tracer.off

    /// How many calls are under way at once.
    static let parallel = 4
    /// How long taken pushes stay with this replica: longer than a call may last. One that waits its turn for longer may be
    /// sent by two, which push-sender knows by its id.
    static let leaseSeconds = 15
    /// How long it rests at most when nothing is due; what another replica left, or a registration, is found after it.
    static let rest = Duration.milliseconds(100)
    /// How often the backlog is measured.
    static let measuring = Duration.seconds(5)

    /// Hands over what becomes due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        var measureAt = ContinuousClock.now
        while true {
            try Task.checkCancellation()
            do {
                if ContinuousClock.now >= measureAt {
                    metrics.set(try await outbox.backlog())
                    measureAt = ContinuousClock.now + Self.measuring
                }
                if try await deliver() > 0 { continue }
            } catch {
                try Task.checkCancellation()
                logger.warning("The outbox can't be read; it is tried again.", ["error": "\(error)"])
            }
            await wakeUp.wait(atMost: Self.rest)
        }
    }

    /// Hands over what is due.
    /// - Returns: how many deliveries it took from the outbox.
    func deliver() async throws -> Int {
        let pushes = try await outbox.lease(for: Self.leaseSeconds)
        await withTaskGroup(of: Void.self) { group in
            var waiting = pushes.makeIterator()
            for _ in 0..<Self.parallel {
                guard let push = waiting.next() else { break }
                group.addTask { await follow(push) }
            }
            while await group.next() != nil, let push = waiting.next() {
                group.addTask { await follow(push) }
            }
        }
        return pushes.count
    }

    /// Several changes may be joined in one row, so it begins a trace of its own.
    private func follow(_ push: OutboxPush) async {
        await tracer.work(
            "deliver pushes", .consumer,
            [
                .text("wallet.push", "\(push.pushID)"), .text("wallet.pass_type", "\(push.passTypeIdentifier)"),
                .number("messaging.batch.message_count", push.pushTokens.count),
                .number("wallet.attempt", push.attempts),
            ]
        ) { await deliver(push) }
    }

    private func deliver(_ push: OutboxPush) async {
        do {
            if !push.pushTokens.isEmpty { metrics.count(try await pushSender.send(push)) }
            try await outbox.delivered(push.position)
        } catch {
            logger.warning(
                "Pushes were not handed over; they are sent again.",
                [
                    "push": "\(push.pushID)", "tokens": "\(push.pushTokens.count)", "attempts": "\(push.attempts)",
                    "error": "\(error)",
                ])
            // When this fails too the lease ends by itself.
            try? await outbox.failed(
                push.position,
                retryAfterMilliseconds: Self.backOff(attempts: push.attempts, jitter: .random(in: 0.5...1)))
        }
    }

    /// Half a second, doubled with each attempt, thirty seconds at most, and a share of chance so that replicas spread.
    /// No more than that: phones wait, and what is down is one service, not one message.
    static func backOff(attempts: Int, jitter: Double) -> Int {
        let doubled = 500.0 * Double(1 << min(max(attempts - 1, 0), 10))
        return Int(min(doubled, 30_000) * jitter)
    }
}
