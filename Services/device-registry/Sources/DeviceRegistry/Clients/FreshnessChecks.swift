import Contracts
import HTTPTypes
import ServiceKit
import Synchronization

/// Joins what phones ask at the same time: whether the package that they have is the newest.
///
/// A phone that comes alone is asked about by itself, as are all while most packages have changed: a check would only come
/// before the fetch that follows it. Otherwise those that come while a check is under way go together when it has ended,
/// so that many answers cost one call. No phone joins a check that was begun before it came.
final class FreshnessChecks: Sendable {
    /// Answers packages in their order, as ``FreshnessAnswer`` says.
    typealias Check = @Sendable ([KnownPackage]) async throws -> [Instant?]

    private struct Call {
        let package: KnownPackage
        let continuation: CheckedContinuation<Instant?, Never>
    }

    private struct State {
        var waiting: [Call] = []
        var isUnderWay = false
        /// Phones whose answer is being found, one way or the other.
        var asking = 0
        /// How many of the latest answers were "not modified": 1 means all of them.
        var unmodifiedShare = 0.0
        /// No check is begun before, since the last one failed.
        var resumesAt = ContinuousClock.now
    }

    /// What one answer weighs in the share of those before it.
    private static let weight = 1.0 / 16

    private let pause: Duration
    private let logger: Logger
    private let check: Check
    private let state = Mutex(State())

    /// - Parameter pause: how long everybody is asked about singly after a check has failed, as it does where the issuer
    ///   is of a release that knows none.
    init(pause: Duration = .seconds(10), logger: Logger, check: @escaping Check) {
        self.pause = pause
        self.logger = logger
        self.check = check
    }

    /// The answer about a package, from a check if one is worth it and says that it is the newest, else from `fetch`.
    func answer(
        about package: KnownPackage, fetch: () async throws(PassIssuerClient.Unavailable) -> PassAnswer
    ) async throws(PassIssuerClient.Unavailable) -> PassAnswer {
        defer { state.withLock { $0.asking -= 1 } }
        if begins() {
            let lastModified = await together(package)
            // Also when the fetch finds it unmodified after all: the check was in vain.
            learn(isUnmodified: lastModified != nil)
            guard let lastModified else { return try await fetch() }
            return .notModified(["Last-Modified": lastModified.httpDate])
        }
        let answer = try await fetch()
        if case .notModified = answer { learn(isUnmodified: true) } else { learn(isUnmodified: false) }
        return answer
    }

    /// How many phones wait for a check.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Counts a phone in; whether it is asked about together with others.
    private func begins() -> Bool {
        state.withLock { state in
            state.asking += 1
            return state.asking > 1 && state.unmodifiedShare > 0.5 && state.resumesAt <= .now
        }
    }

    private func learn(isUnmodified: Bool) {
        state.withLock { $0.unmodifiedShare += ((isUnmodified ? 1 : 0) - $0.unmodifiedShare) * Self.weight }
    }

    private func together(_ package: KnownPackage) async -> Instant? {
        await withCheckedContinuation { continuation in
            let calls: [Call] = state.withLock { state in
                state.waiting.append(Call(package: package, continuation: continuation))
                return state.isUnderWay ? [] : next(&state)
            }
            // Neither a child of whoever asks nor in its trace: it answers others too.
            if !calls.isEmpty { Task.detached { await self.work(calls) } }
        }
    }

    private func next(_ state: inout State) -> [Call] {
        let calls = Array(state.waiting.prefix(FreshnessRequest.maximumCount))
        state.waiting.removeFirst(calls.count)
        state.isUnderWay = !calls.isEmpty
        return calls
    }

    /// Asks about packages, and those that came meanwhile, until none is left.
    private func work(_ first: [Call]) async {
        var calls = first
        while !calls.isEmpty {
            let answers = await answers(about: calls.map(\.package))
            let (following, freed) = state.withLock { state in
                answers == nil ? ([], rest(&state)) : (next(&state), [])
            }
            for (index, call) in calls.enumerated() { call.continuation.resume(returning: answers?[index]) }
            for call in freed { call.continuation.resume(returning: nil) }
            calls = following
        }
    }

    /// Begins no check for a while; those who wait for one do not go into the same trouble.
    private func rest(_ state: inout State) -> [Call] {
        state.resumesAt = .now + pause
        state.isUnderWay = false
        defer { state.waiting = [] }
        return state.waiting
    }

    /// Nil when the check fails: all are asked about singly then, and learn why.
    private func answers(about packages: [KnownPackage]) async -> [Instant?]? {
        do {
            let answers = try await check(packages)
            if answers.count == packages.count { return answers }
            logger.warning("pass-issuer answered a check of packages with another number of them.")
        } catch {
            logger.info("Packages are asked about singly for a while.", ["error": "\(error)"])
        }
        return nil
    }
}
