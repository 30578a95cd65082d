import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Pushes that wait, in `push.jobs`, and the way they take through it.
struct QueueStore: Sendable {
    let database: PostgresPool
    /// The least time between two pushes to one token.
    let minimumInterval: Duration
    /// How long this replica answers for what it takes.
    let leaseDuration: Duration

    /// Stores pushes; a delivery stored before changes nothing, and is answered as it was then.
    func enqueue(_ pushes: EnqueuedPushes) async throws(PostgresError) -> PushesAnswer {
        for _ in 1...2 {
            do throws(PostgresError) {
                return try await tryToEnqueue(pushes)
            } catch  where error.sqlState == .deadlockDetected {
                // Answers were being written down for the same tokens, in another order; that is over now.
            }
        }
        return try await tryToEnqueue(pushes)
    }

    private func tryToEnqueue(_ pushes: EnqueuedPushes) async throws(PostgresError) -> PushesAnswer {
        let rows = try await database.query(
            """
            SELECT accepted_count, coalesced_count, refused_count FROM push.enqueue(
                \(pushes.pushID), \(pushes.passTypeIdentifier), \(pushes.pushTokens), \(pushes.pace.map(Int32.init)),
                \(minimumInterval.interval)::text::interval, \(Int32(pushes.refused)))
            """)
        let (accepted, coalesced, refused) = try rows.only().decode(Int.self, Int.self, Int.self)
        return PushesAnswer(accepted: accepted, coalesced: coalesced, refused: refused)
    }

    /// Takes the oldest pushes of a topic that go out at once.
    func lease(_ topic: DueTopic, atMost count: Int) async throws(PostgresError) -> [LeasedPush] {
        try await Self.pushes(
            database.query(
                """
                SELECT token, apns_id, attempts, lease FROM push.lease(
                    \(Int32(topic.number)), \(topic.revision), \(Int32(count)), \(leaseDuration.interval)::text::interval)
                """))
    }

    /// Takes the one push that the topic's open breaker lets through, if its minute has come.
    func leaseProbe(_ topic: DueTopic) async throws(PostgresError) -> [LeasedPush] {
        try await Self.pushes(
            database.query(
                """
                SELECT token, apns_id, attempts, lease FROM push.lease_probe(
                    \(Int32(topic.number)), \(topic.revision), \(leaseDuration.interval)::text::interval,
                    \(Breaker.probeInterval.interval)::text::interval)
                """))
    }

    /// Writes down what became of pushes, and answers the topic's breaker.
    func settle(_ outcomes: [PushOutcome], of topic: DueTopic) async throws(PostgresError) -> SettledAnswers {
        let columns = outcomes.map(OutcomeColumns.init)
        let rows = try await database.query(
            """
            SELECT answer_count, suspect_count, window_epoch, is_open FROM push.settle(
                \(Int32(topic.number)), \(outcomes.map(\.push.token)), \(outcomes.map(\.push.lease)),
                \(columns.map(\.code)), \(outcomes.map(\.reason)), \(columns.map(\.instant)),
                \(columns.map(\.countsAttempt)), \(minimumInterval.interval)::text::interval,
                \(Breaker.suspicion.interval)::text::interval)
            """)
        let (answers, suspects, epoch, isOpen) = try rows.only().decode(Int.self, Int.self, Int.self, Bool.self)
        return SettledAnswers(
            window: Breaker.Window(answers: answers, suspects: suspects), epoch: epoch, isOpen: isOpen)
    }

    static func pushes(_ rows: [Row]) throws(PostgresError) -> [LeasedPush] {
        var pushes: [LeasedPush] = []
        pushes.reserveCapacity(rows.count)
        for row in rows {
            let (token, apnsID, attempts, lease) = try row.decode(String.self, String.self, Int.self, Int.self)
            pushes.append(LeasedPush(token: token, apnsID: apnsID, attempts: attempts, lease: lease))
        }
        return pushes
    }
}

/// An outcome as `push.settle` reads it.
private struct OutcomeColumns {
    let code: Int32
    let instant: Instant?
    let countsAttempt: Bool

    init(_ outcome: PushOutcome) {
        switch outcome.kind {
        case .accepted: (code, instant, countsAttempt) = (0, nil, true)
        case .rejected(let since): (code, instant, countsAttempt) = (1, since, true)
        case .suspect(let since): (code, instant, countsAttempt) = (2, since, true)
        case .givenUp: (code, instant, countsAttempt) = (3, nil, true)
        case .refused(let retryAt, let counts): (code, instant, countsAttempt) = (4, retryAt, counts)
        case .unanswered(let retryAt, let counts): (code, instant, countsAttempt) = (5, retryAt, counts)
        }
    }
}
