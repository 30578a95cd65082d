import Support

/// Waits until nothing is on its way any more.
struct Drain: Sendable {
    private static let longest = Duration.seconds(240)
    /// What must be empty, by statement.
    private static let queues = [
        ("messages of pass-issuer", "SELECT count(*) FROM issuer.messages"),
        ("rollouts", "SELECT count(*) FROM issuer.rollouts WHERE state IN ('running', 'paused')"),
        ("webhook deliveries", "SELECT count(*) FROM issuer.webhook_deliveries WHERE state = 'pending'"),
        ("pushes of device-registry", "SELECT count(*) FROM registry.outbox"),
        ("events of device-registry", "SELECT count(*) FROM registry.event_notices"),
        ("pushes of push-sender", "SELECT count(*) FROM push.jobs"),
        ("rejections of push-sender", "SELECT count(*) FROM push.rejections"),
        ("operations at Google", "SELECT count(*) FROM google.operations WHERE state = 'pending'"),
        ("events of google-bridge", "SELECT count(*) FROM google.event_notices"),
    ]

    let stage: Stage

    /// Waits for services and queues; what does not become empty in time is a finding.
    func run() async throws {
        let platform = stage.platform
        for service in platform.services {
            try await service.waitUntilReady(client: platform.client, within: .seconds(90))
        }
        let began = stage.console.elapsed
        var waiting: [String] = []
        do {
            try await eventually(within: Self.longest, "the queues to be empty") {
                waiting = try await self.waiting()
                return waiting.isEmpty && isQuietAtGoogle
            }
            stage.console.say("everything is drained after \((stage.console.elapsed - began).inWords)")
        } catch is NeverHappened {
            for queue in waiting { stage.findings.add("still waiting \(Self.longest.inWords) after the end: \(queue)") }
            if !isQuietAtGoogle { stage.findings.add("callbacks of Google are still not taken") }
        }
    }

    private var isQuietAtGoogle: Bool { stage.google.sentCallbacks.allSatisfy { $0.isDelivered || $0.isOver } }

    private func waiting() async throws -> [String] {
        let statement = Self.queues.map { "(\($0.1))" }.joined(separator: ", ")
        let counts = try await stage.platform.query("SELECT " + statement).split(separator: "|")
        return zip(Self.queues, counts).filter { $0.1 != "0" }.map { "\($0.1) \($0.0.0)" }
    }
}
