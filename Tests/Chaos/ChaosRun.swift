import Support
import ToolSupport

/// Load, faults for a while, the end of both, and the checker.
struct ChaosRun: Sendable {
    private static let progress = Duration.seconds(15)

    private let options: ChaosOptions

    init(_ options: ChaosOptions) {
        self.options = options
    }

    /// Does all of it; throws when anything is wrong.
    func run() async throws {
        Terminal.write("CHAOS_SEED=\(options.seed): the same faults come in the same order")
        let findings = try await Stage.run(options) { stage in
            tellMeans(stage)
            let load = Load(stage: stage, isOn: Flag(true))
            try await load.addPhones(24, passes: 2)
            try await load.addGooglePasses(8)
            stage.console.say("24 phones with 48 passes, 8 passes at Google; faults begin")
            try await load.run {
                try await strike(stage)
                stage.console.say("faults and load end")
            }
            try await Drain(stage: stage).run()
            try await Checker(stage: stage).run()
            await Summary(stage: stage).write()
        }
        guard findings.isEmpty else {
            let list = findings.map { "✘ \($0)" }.joined(separator: "\n")
            throw ProgramFailure(
                description: "\(list)\n\(findings.count) findings; the same faults again: CHAOS_SEED=\(options.seed)")
        }
        Terminal.write("nothing lost, nothing doubled")
    }

    private func tellMeans(_ stage: Stage) {
        if options.disk == nil { stage.console.say("left out: a full disk (no namespace of our own to mount one in)") }
        if !options.isAlone {
            stage.console.say("packet loss is simulated by links that are silent or reset (no network of our own)")
        }
        if !stage.clocks.areThere {
            stage.console.say("left out: clock steps (no namespace of our own, or no libfaketime)")
        }
    }

    /// Both lanes of faults, until the time has come and the last of them is over.
    private func strike(_ stage: Stage) async throws {
        let end = ContinuousClock.now + .seconds(options.seconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in [Lane.processes(seed: options.seed), Lane.surroundings(seed: options.seed)] {
                group.addTask { try await lane.run(on: stage, until: end) }
            }
            try await withThrowingTaskGroup(of: Void.self) { watchers in
                watchers.addTask { try await watch(stage) }
                try await group.waitForAll()
                watchers.cancelAll()
            }
        }
        stage.noteEnds()
    }

    private func watch(_ stage: Stage) async throws {
        while (try? await Task.sleep(for: Self.progress)) != nil {
            stage.noteEnds()
            let (acknowledged, unanswered) = await stage.ledger.sums
            stage.console.say(
                "-- of \(options.seconds) s: \(acknowledged) writes acknowledged, \(unanswered) without an answer, "
                    + "\(stage.console.faults.values.reduce(0, +)) faults, \(stage.findings.all.count) findings")
        }
    }
}
