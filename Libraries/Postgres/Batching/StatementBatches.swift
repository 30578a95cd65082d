import Synchronization

/// Joins what many callers ask at the same time, so that a busy database answers them with one statement.
///
/// A call that comes while no statement is under way is sent at once and alone; calls that come meanwhile go together
/// when it has ended, or when it is found to take long. An idle database is asked as it would be without this; a busy one
/// saves round trips, snapshots and commits, and everyone the waking of threads. A call never joins a statement that was begun before it, so it sees all that was committed
/// before it was made.
public final class StatementBatches<Input: Sendable, Output: Sendable>: Sendable {
    /// Answers inputs in their order.
    public typealias Statement = @Sendable ([Input]) async throws(PostgresError) -> [Output]

    private typealias Outcome = Result<Output, PostgresError>

    private struct Call {
        let input: Input
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiting: [Call] = []
        var running: Int { begun.count }
        /// When each of the statements under way was begun.
        var begun: [Int64] = []
    }

    private let places: Int
    private let patience: Int64
    private let maximumInputs: Int
    private let maximumWaiting: Int
    private let statement: Statement
    private let state = Mutex(State())

    /// - Parameters:
    ///   - places: how many statements are under way at most.
    ///   - patience: for how long a call waits for the statement that was begun last, before another one is begun beside it.
    ///   - maximumInputs: how many calls go together at most.
    ///   - maximumWaiting: how many calls wait at most; more are refused with ``PostgresError/overloaded``.
    ///   - statement: must be repeatable: when the server refuses what was asked together, each is asked alone.
    public init(
        places: Int = 2, patience: Duration = .milliseconds(10), maximumInputs: Int = 500, maximumWaiting: Int = 10_000,
        statement: @escaping Statement
    ) {
        self.places = places
        self.patience = patience.nanoseconds
        self.maximumInputs = maximumInputs
        self.maximumWaiting = maximumWaiting
        self.statement = statement
    }

    /// The answer to one input. A caller that is cancelled waits for it all the same.
    public func callAsFunction(_ input: Input) async throws(PostgresError) -> Output {
        try await withCheckedContinuation { admit(Call(input: input, continuation: $0)) }.get()
    }

    /// How many calls wait for a place.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private enum Admission {
        case begins([Call])
        case waits, refused
    }

    private func admit(_ call: Call) {
        let now = MonotonicClock.now()
        let admission: Admission = state.withLock { state in
            guard state.waiting.count < maximumWaiting else { return .refused }
            state.waiting.append(call)
            guard state.running == 0 || (state.running < places && isLate(state, at: now)) else { return .waits }
            return .begins(take(&state, at: now))
        }
        switch admission {
        // No child of a caller: the others' answers must not end with its cancellation.
        case .begins(let calls): Task { await work(calls, begunAt: now) }
        case .waits: break
        case .refused: call.continuation.resume(returning: .failure(.overloaded))
        }
    }

    /// Whether all statements under way take long.
    private func isLate(_ state: State, at now: Int64) -> Bool {
        state.begun.allSatisfy { now - $0 >= patience }
    }

    private func take(_ state: inout State, at now: Int64) -> [Call] {
        state.begun.append(now)
        let calls = Array(state.waiting.prefix(maximumInputs))
        state.waiting.removeFirst(calls.count)
        return calls
    }

    /// Sends calls, and those that waited meanwhile, until none is left.
    private func work(_ first: [Call], begunAt start: Int64) async {
        var calls = first
        var start = start
        while !calls.isEmpty {
            let outcomes = await outcomes(of: calls.map { $0.input })
            for (call, outcome) in zip(calls, outcomes) { call.continuation.resume(returning: outcome) }
            (calls, start) = next(after: start)
        }
    }

    /// The next calls; the place is free when there are none, or when another statement was begun a moment ago, after which
    /// they go.
    private func next(after start: Int64) -> ([Call], Int64) {
        let now = MonotonicClock.now()
        return state.withLock { state in
            if let own = state.begun.firstIndex(of: start) { state.begun.remove(at: own) }
            guard !state.waiting.isEmpty, isLate(state, at: now) else { return ([], now) }
            return (take(&state, at: now), now)
        }
    }

    private func outcomes(of inputs: [Input]) async -> [Outcome] {
        do throws(PostgresError) {
            let outputs = try await statement(inputs)
            precondition(outputs.count == inputs.count, "a statement for many must answer each")
            return outputs.map(Outcome.success)
        } catch {
            guard inputs.count > 1, Self.mayBeOfOne(error) else {
                return [Outcome](repeating: .failure(error), count: inputs.count)
            }
            var outcomes: [Outcome] = []
            for input in inputs { outcomes += await self.outcomes(of: [input]) }
            return outcomes
        }
    }

    /// Whether something can be wrong with one input, which must not be told to the callers of the others.
    private static func mayBeOfOne(_ error: PostgresError) -> Bool {
        switch error {
        case .server, .decoding, .invalidStatement: true
        default: false
        }
    }
}
