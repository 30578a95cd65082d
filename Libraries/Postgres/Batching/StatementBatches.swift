import Synchronization

/// Joins what many callers ask at the same time, so that a busy database answers them with one statement.
///
/// A call that comes while no statement is under way is sent at once and alone; calls that come meanwhile go together
/// when it has ended. When none has ended for a while, another one is begun beside those that take so long. An idle
/// database is asked as it would be without this; a busy one saves round trips, snapshots and commits, and everyone the
/// waking of threads. A call never joins a statement that was begun before it, so it sees all that was committed before
/// it was made.
public final class StatementBatches<Input: Sendable, Output: Sendable>: Sendable {
    /// Answers inputs in their order.
    public typealias Statement = @Sendable ([Input]) async throws(PostgresError) -> [Output]

    private typealias Outcome = PendingOutcome<Output>.Outcome

    /// A class: what is handed from list to list is one reference.
    private final class Call: Sendable {
        let input: Input
        let outcome = PendingOutcome<Output>()

        init(_ input: Input) {
            self.input = input
        }
    }

    private struct State {
        var waiting: [Call] = []
        var running = 0
        /// How many statements have ended.
        var ended = 0
        /// Whether somebody looks after those who wait.
        var isWatched = false
    }

    private let places: Int
    private let patience: Duration
    private let maximumInputs: Int
    private let maximumWaiting: Int
    private let statement: Statement
    private let state = Mutex(State())

    /// - Parameters:
    ///   - places: how many statements are under way at most.
    ///   - patience: how often it is looked whether any statement has ended, while calls wait.
    ///   - maximumInputs: how many calls go together at most.
    ///   - maximumWaiting: how many calls wait at most; more are refused with ``PostgresError/overloaded``.
    ///   - statement: must be repeatable: when the server refuses what was asked together, each is asked alone.
    public init(
        places: Int = 2, patience: Duration = .milliseconds(10), maximumInputs: Int = 500, maximumWaiting: Int = 10_000,
        statement: @escaping Statement
    ) {
        self.places = places
        self.patience = patience
        self.maximumInputs = maximumInputs
        self.maximumWaiting = maximumWaiting
        self.statement = statement
    }

    /// The answer to one input. A caller that is cancelled waits for it all the same.
    public func callAsFunction(_ input: Input) async throws(PostgresError) -> Output {
        try await begin(input).answer
    }

    /// Begins a call, whose answer can be waited for later.
    public func begin(_ input: Input) -> PendingOutcome<Output> {
        let call = Call(input)
        admit(call)
        return call.outcome
    }

    /// How many calls wait for a place.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private enum Admission {
        case begins([Call])
        case waits(isUnwatched: Bool)
        case refused
    }

    private func admit(_ call: Call) {
        let admission: Admission = state.withLock { state in
            guard state.waiting.count < maximumWaiting else { return .refused }
            state.waiting.append(call)
            guard state.running > 0 else { return .begins(take(from: &state)) }
            defer { state.isWatched = true }
            return .waits(isUnwatched: !state.isWatched)
        }
        // No children of a caller: the others' answers must not end with its cancellation.
        switch admission {
        case .begins(let calls): Task { await work(calls) }
        case .waits(isUnwatched: true): Task { await watch() }
        case .waits: break
        case .refused: call.outcome.settle(.failure(.overloaded))
        }
    }

    private func take(from state: inout State) -> [Call] {
        state.running += 1
        let calls = Array(state.waiting.prefix(maximumInputs))
        state.waiting.removeFirst(calls.count)
        return calls
    }

    /// Sends calls, and those that waited meanwhile, until none is left.
    private func work(_ first: [Call]) async {
        var calls = first
        while !calls.isEmpty {
            let outcomes = await outcomes(of: calls.map { $0.input })
            for (call, outcome) in zip(calls, outcomes) { call.outcome.settle(outcome) }
            calls = next()
        }
    }

    /// The next calls; none while another statement is under way, after which they go.
    private func next() -> [Call] {
        state.withLock { state in
            state.running -= 1
            state.ended += 1
            return state.running == 0 && !state.waiting.isEmpty ? take(from: &state) : []
        }
    }

    /// Begins a statement beside those under way when none has ended since it last looked, until nobody waits.
    private func watch() async {
        var known = -1
        while true {
            let (calls, ended): ([Call], Int?) = state.withLock { state in
                guard !state.waiting.isEmpty else {
                    state.isWatched = false
                    return ([], nil)
                }
                return (state.ended == known && state.running < places ? take(from: &state) : [], state.ended)
            }
            guard let ended else { return }
            known = ended
            if !calls.isEmpty { Task { await work(calls) } }
            // Nobody cancels it.
            try? await Task.sleep(for: patience)
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
