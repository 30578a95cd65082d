import Foundation
import Support

/// The kernel drops some of all packets: between services, PostgreSQL, phones, APNs and Google.
struct PacketLoss: Disturbance {
    static let kind = "packet loss"

    let words: String
    private let share: Double
    private let length: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        let hundredths = Int.random(in: 1...15, using: &random)
        share = Double(hundredths) / 100
        length = random.milliseconds(3_000...8_000)
        guard stage.options.isAlone else { return nil }
        words = "\(hundredths) % of all packets are lost for \(length.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        try await Program.succeed(rule("-A"))
        try await Task.sleep(for: length)
        try await Program.succeed(rule("-D"))
    }

    /// Not netem: many kernels are built without it.
    private func rule(_ action: String) -> [String] {
        [
            "iptables", action, "INPUT", "-i", "lo", "-m", "statistic", "--mode", "random", "--probability",
            String(format: "%.2f", share), "-j", "DROP",
        ]
    }
}
