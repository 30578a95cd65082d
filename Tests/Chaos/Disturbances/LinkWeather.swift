import Support

/// One link, or all to one callee, is slow, silent or cut for a while.
struct LinkWeather: Disturbance {
    static let kind = "slow, silent or cut links"

    let words: String
    private let relays: [Relay]
    private let weather: Weather
    private let length: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        let relay = stage.relays.all.randomElement(using: &random)
        let isAll = Int.random(in: 0..<4, using: &random) == 0
        let (weather, text) = Self.weather(&random)
        length = random.milliseconds(1_000...6_000)
        guard let relay else { return nil }
        let callee = String(relay.name.split(separator: " ").last ?? "")
        relays = isAll ? stage.relays.relay(to: callee) : [relay]
        self.weather = weather
        words = "\(isAll ? "all → \(callee)" : relay.name) \(text) for \(length.inWords)"
    }

    private static func weather(_ random: inout SeededRandom) -> (Weather, String) {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let delay = random.milliseconds(20...800)
            return (Weather(delay: delay), "is late by \(delay.inWords)")
        case 1:
            let rate = [2_000, 10_000, 50_000].randomElement(using: &random) ?? 10_000
            return (Weather(bytesPerSecond: rate), "has \(rate) bytes a second")
        case 2: return (Weather(isStalled: true), "is silent")
        default: return (Weather(isCut: true), "is cut")
        }
    }

    func strike(_ stage: Stage) async throws {
        for relay in relays { relay.change(to: weather) }
        try await Task.sleep(for: length)
        for relay in relays { relay.change(to: .fair) }
    }
}
