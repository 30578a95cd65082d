import Support

/// Faults that come one after the other; those of the other lane come meanwhile.
struct Lane: Sendable {
    typealias Maker = @Sendable (Stage, inout SeededRandom) -> (any Disturbance)?

    /// The pauses between two of them, in milliseconds.
    private static let pauses = 300...2_500

    private let makers: [Maker]
    private let seed: UInt64

    /// What hits processes and disks.
    static func processes(seed: UInt64) -> Lane {
        Lane(
            makers: [
                make(ServiceKill.self), make(ServiceKill.self), make(ServiceKill.self), make(DatabaseKill.self),
                make(DatabaseStop.self), make(BackendKill.self), make(FullDisk.self),
            ], seed: seed)
    }

    /// What hits links, clocks and whoever is outside.
    static func surroundings(seed: UInt64) -> Lane {
        Lane(
            makers: [
                make(LinkWeather.self), make(LinkWeather.self), make(LinkResets.self), make(PacketLoss.self),
                make(ClockStep.self), make(APNsTrouble.self), make(GoogleTrouble.self), make(BackendEnd.self),
            ], seed: seed ^ 0x5EED)
    }

    private static func make<D: Disturbance>(_: D.Type) -> Maker {
        { stage, random in D(on: stage, &random) }
    }

    /// Lets one fault after the other strike until the time has come.
    func run(on stage: Stage, until end: ContinuousClock.Instant) async throws {
        var random = SeededRandom(seed: seed)
        var round: [Maker] = []
        while true {
            let pause = random.milliseconds(Self.pauses)
            // Each round has every kind, so that none is missing from a run of a few minutes.
            if round.isEmpty { round = makers.shuffled(using: &random) }
            let disturbance = round.removeLast()(stage, &random)
            guard .now + pause < end else { return }
            try await Task.sleep(for: pause)
            guard let disturbance else { continue }
            stage.console.tell(disturbance)
            try await disturbance.strike(stage)
        }
    }
}
