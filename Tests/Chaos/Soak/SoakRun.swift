import Foundation
import Support
import ToolSupport

/// Steady load at 70 % of what the machine takes, and what each service holds meanwhile.
struct SoakRun: Sendable {
    /// The share of the most turns a second.
    private static let share = 0.7
    private static let secondsOfStep = 6
    private static let workers = 16
    private static let interval = Duration.seconds(3)
    private static let readingsOfLine = 5

    /// How long load is held.
    let seconds: Int

    /// Does all of it; throws when something grows, or something is lost.
    func run() async throws {
        let findings = try await Stage.run(.calm) { stage in
            let load = Load(stage: stage, isOn: Flag(true))
            try await load.addPhones(24, passes: 2)
            try await load.addGooglePasses(8)
            let steady = SteadyLoad(load)
            let rate = try await saturation(steady, stage) * Self.share
            stage.console.say(String(format: "held for %d s: %.0f turns a second", seconds, rate))
            let end = ContinuousClock.now + .seconds(seconds)
            let readings = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await steady.run(workers: Self.workers, rate: rate, until: end) }
                let readings = try await self.readings(of: stage, steady, until: end)
                try await group.waitForAll()
                return readings
            }
            load.isOn.lower()
            judge(readings, stage)
            try await Drain(stage: stage).run()
            try await Checker(stage: stage).run()
        }
        guard findings.isEmpty else {
            let list = findings.map { "✘ \($0)" }.joined(separator: "\n")
            throw ProgramFailure(description: "\(list)\n\(findings.count) findings")
        }
        Terminal.write("nothing grows, nothing lost")
    }

    /// The most turns a second, by ever more workers.
    private func saturation(_ steady: SteadyLoad, _ stage: Stage) async throws -> Double {
        var most = 0.0
        for workers in [2, 4, 8, 16] {
            let before = steady.count
            let end = ContinuousClock.now + .seconds(Self.secondsOfStep)
            try await steady.run(workers: workers, until: end)
            let rate = Double(steady.count - before) / Double(Self.secondsOfStep)
            stage.console.say(String(format: "%d at once: %.0f turns a second", workers, rate))
            most = max(most, rate)
        }
        return most
    }

    private func readings(
        of stage: Stage, _ steady: SteadyLoad, until end: ContinuousClock.Instant
    ) async throws -> [String: [Reading]] {
        var all: [String: [Reading]] = [:]
        var number = 0
        var (before, beganAt) = (steady.count, ContinuousClock.now)
        while .now < end {
            try await Task.sleep(for: Self.interval)
            let readings = try await reading(of: stage)
            for (name, reading) in readings { all[name, default: []].append(reading) }
            number += 1
            guard number.isMultiple(of: Self.readingsOfLine) else { continue }
            let rate = Double(steady.count - before) / (beganAt.duration(to: .now) / .seconds(1))
            (before, beganAt) = (steady.count, .now)
            let left = max(0, Int(ContinuousClock.now.duration(to: end) / .seconds(1)))
            stage.console.say(String(format: "%.0f turns a second, %d s left  ", rate, left) + Self.words(readings))
        }
        return all
    }

    private func reading(of stage: Stage) async throws -> [String: Reading] {
        let rows = try await stage.platform.query("SELECT usename, count(*) FROM pg_stat_activity GROUP BY usename")
        var connections: [String: Int] = [:]
        for row in rows.split(separator: "\n") {
            let parts = row.split(separator: "|")
            if parts.count == 2 { connections[String(parts[0])] = Int(parts[1]) }
        }
        var readings: [String: Reading] = [:]
        for service in stage.platform.services {
            let login = service.name.replacing("-", with: "_")
            guard let process = service.processIdentifier,
                let reading = Reading(process: process, connections: connections[login] ?? 0)
            else { throw ProgramFailure(description: "\(service.name) has ended:\n\(service.log.suffix(3_000))") }
            readings[service.name] = reading
        }
        return readings
    }

    private static func words(_ readings: [String: Reading]) -> String {
        readings.sorted { $0.key < $1.key }.map { name, reading in
            let numbers = Reading.Measure.allCases.map { String(format: "%.0f", reading.values[$0] ?? 0) }
            return "\(name) \(numbers.joined(separator: "/"))"
        }.joined(separator: "  ")
    }

    private func judge(_ readings: [String: [Reading]], _ stage: Stage) {
        Terminal.write("\nmedians of the second and the last third, growth in a third, tolerated")
        for (name, row) in readings.sorted(by: { $0.key < $1.key }) {
            for measure in Reading.Measure.allCases {
                let growth = Growth(row.map { $0.values[measure] ?? 0 })
                let share = measure == .memory ? growth.before * Growth.memoryShare : 0
                let tolerance = max(measure.tolerance, share)
                let numbers = String(
                    format: "%8.1f %8.1f %+8.2f %8.1f", growth.before, growth.after, growth.slope, tolerance)
                let isTooMuch = growth.exceeds(tolerance)
                Terminal.write("\(isTooMuch ? "✘" : " ") \(numbers)  \(measure.rawValue) of \(name)")
                if isTooMuch {
                    stage.findings.add("\(name) holds ever more \(measure.rawValue): \(numbers)")
                }
            }
        }
    }
}
