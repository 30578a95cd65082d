import Support

/// The clock of one service is wrong for a while, by minutes or hours.
struct ClockStep: Disturbance {
    static let kind = "clock steps"

    let words: String
    private let service: ServiceProcess
    private let seconds: Int
    private let length: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        let service = stage.platform.services.randomElement(using: &random)
        let size = Int.random(in: 1...3, using: &random)
        let seconds = [90, 600, 3_600, 10_800].randomElement(using: &random) ?? 90
        let isBack = Bool.random(using: &random)
        length = random.milliseconds(2_000...8_000)
        guard stage.clocks.areThere, let service else { return nil }
        self.service = service
        self.seconds = (isBack ? -1 : 1) * seconds * size
        words = "the clock of \(service.name) is \(seconds * size) s \(isBack ? "slow" : "fast") for \(length.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        try stage.clocks.put(service, aheadBy: seconds)
        try await Task.sleep(for: length)
        try stage.clocks.put(service, aheadBy: 0)
    }
}
