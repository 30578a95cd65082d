import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support

/// The customer's systems, phones and people, who carry on whatever happens and remember what was acknowledged.
struct Load: Sendable {
    let stage: Stage
    /// Whether to go on.
    let isOn: Flag

    var platform: WalletPlatform { stage.platform }
    var ledger: Ledger { stage.ledger }

    /// Runs everything until the flag is lowered and each has ended what it was at.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let steady = await ledger.passes.filter(\.value.isSteady)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for serialNumber in steady.keys { group.addTask { try await change(serialNumber) } }
            group.addTask { try await updateAll(steady.keys.sorted()) }
            group.addTask { try await changeCampaign() }
            for _ in 0..<2 { group.addTask { try await comeAndStay() } }
            for _ in 0..<6 { group.addTask { try await comeAndGo() } }
            group.addTask { try await saveAtGoogle() }
            try await body()
            isOn.lower()
            try await group.waitForAll()
        }
    }

    /// Makes an attempt, and judges an error: what no caller may be answered is a finding.
    func attempt(_ kind: WriteKind, _ call: () async throws -> Void) async throws -> Bool {
        do {
            try await call()
            return true
        } catch {
            if Task.isCancelled { throw CancellationError() }
            await note(kind, Self.status(of: error), "\(error)")
            return false
        }
    }

    /// Makes attempts until one is acknowledged.
    func insist(_ kind: WriteKind, _ call: () async throws -> Void) async throws {
        var pause = Duration.milliseconds(50)
        while try await !attempt(kind, call) {
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    func pause(_ range: ClosedRange<Int>) async throws {
        let end = ContinuousClock.now + .milliseconds(Int.random(in: range))
        while isOn.isUp, .now < end { try await Task.sleep(for: .milliseconds(min(range.upperBound, 200))) }
    }

    private func note(_ kind: WriteKind, _ status: Int?, _ words: String) async {
        await ledger.note(kind, unanswered: status)
        // 429, 502, 503 and 504 tell a caller to come again; anything else would be held against the call itself.
        guard let status, ![429, 502, 503, 504].contains(status) else { return }
        stage.findings.add("\(kind.rawValue): answered \(status): \(words.prefix(500))")
    }

    private static func status(of error: any Error) -> Int? {
        switch error {
        case let error as RPCError:
            switch error {
            case .problem(let problem): problem.status
            case .malformedResponse(let status): status.rawValue
            case .unreachable, .invalidCall: nil
            }
        case let error as Unanswered: error.status
        default: nil
        }
    }
}
