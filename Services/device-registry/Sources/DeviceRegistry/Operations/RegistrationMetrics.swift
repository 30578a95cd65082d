import ServiceKit

/// How many registrations began, were renewed and ended.
struct RegistrationMetrics: Sendable {
    private let registrations: Counter

    init(_ metrics: Metrics) {
        registrations = metrics.counter(
            "wallet_registrations_total", help: "Registrations of passes by devices, by what happened to them.",
            labels: ["result"])
    }

    /// Counts what a phone's registration was.
    func countRegistered(isNew: Bool) { registrations.increment(isNew ? "new" : "renewed") }

    /// Counts the end that a phone gave a registration.
    func countUnregistered() { registrations.increment("ended") }

    /// Counts ends that APNs' refusals of push tokens gave registrations.
    func countRejected(_ count: Int) { registrations.increment(by: Double(count), "rejected") }
}
