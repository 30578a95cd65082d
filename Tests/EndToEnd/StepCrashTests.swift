import APNsSimulator
import Contracts
import HTTPTypes
import IPhoneSimulator
import Postgres
import Support
import Testing

extension EndToEndTests {
    @Suite("A crash between any two steps on the way from a change to the phone") struct StepCrashTests {
        @Test("of any service or of PostgreSQL leaves the phone with the newest content")
        func everyStep() async throws {
            try await withPlatform(ownCluster: true) { platform in
                platform.push.change(["PUSH_LEASE_SECONDS": "6"])
                try await platform.push.restart(client: platform.client)
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let phone = try #require(try await platform.addPhones(1, to: fleet).first)
                try await platform.run(fleet) {
                    try await eventually("the phone to have its pass") { await fleet.isIdle }
                    var points = 0
                    for step in WayStep.allCases {
                        for victim in WayVictim.allCases {
                            points += 1
                            let way = try Way(platform, fleet, phone, points: points)
                            try await way.crash(victim, at: step)
                        }
                    }
                }
                #expect(await fleet.complaints == [])
                #expect(await fleet.counts.abandoned == 0)
                try await eventually("nothing to be left to tell") {
                    try await platform.query(
                        """
                        SELECT (SELECT count(*) FROM registry.outbox) + (SELECT count(*) FROM push.jobs)
                            + (SELECT count(*) FROM issuer.messages)
                        """) == "0"
                }
            }
        }
    }
}

/// One change of the phone's one pass, which is held wherever somebody is to be killed.
private struct Way {
    let platform: WalletPlatform
    let fleet: PhoneFleet
    let phone: FleetPhone
    let serialNumber: String
    let points: Int

    init(_ platform: WalletPlatform, _ fleet: PhoneFleet, _ phone: FleetPhone, points: Int) throws {
        self.platform = platform
        self.fleet = fleet
        self.phone = phone
        serialNumber = try #require(phone.passes.keys.first)
        self.points = points
    }

    /// Lets the change come so far, kills the victim there, and waits until the phone shows it all the same.
    func crash(_ victim: WayVictim, at step: WayStep) async throws {
        await fleet.setReachable(false)
        // What the last crash left leased is sent once more, which the others know by its id.
        try await becomes("0", "SELECT count(*) FROM push.jobs")
        try await hold(at: step) { try await kill(victim) }
        try await revive(victim)
        if step == .queued { try await pushAdmin(PushSenderEndpoints.resumeTopic) }
        await fleet.setReachable(true)
        try await eventually("the phone to hold \(points) points after the end of \(victim) at \(step)") {
            await fleet.phones.first?.passes[serialNumber]?.points == points
        }
    }

    private func kill(_ victim: WayVictim) async throws {
        if let service = service(victim) { await service.kill() } else { try await cluster.kill() }
    }

    private func revive(_ victim: WayVictim) async throws {
        if let service = service(victim) { try await service.start() } else { try await cluster.restart() }
        for service in platform.services { try await service.waitUntilReady(client: platform.client) }
    }

    private func service(_ victim: WayVictim) -> ServiceProcess? {
        switch victim {
        case .issuer: platform.issuer
        case .registry: platform.registry
        case .pushSender: platform.push
        case .postgres: nil
        }
    }

    private var cluster: PostgresCrashCluster {
        get throws { try #require(platform.cluster) }
    }

    // MARK: Holding

    private func hold(at step: WayStep, _ kill: @Sendable () async throws -> Void) async throws {
        switch step {
        case .stored:
            try await whileStopped(platform.registry) {
                try await changeUntilSent()
                try await kill()
            }
        case .heardByRegistry: try await untilHeard(by: platform.registry, kill)
        case .told:
            try await whileStopped(platform.push) {
                try await changeUntilTold()
                try await kill()
            }
        case .heardByPushSender: try await untilHeard(by: platform.push, kill)
        case .queued: try await untilQueued(kill)
        case .taken: try await untilTaken(kill)
        case .accepted: try await untilAccepted(kill)
        case .pushed:
            try await changeUntilPushed()
            try await kill()
        case .asked: try await untilPhone(waitsFor: platform.registry, kill)
        case .fetched: try await untilPhone(waitsFor: platform.issuer, kill)
        }
    }

    private func change() async throws {
        _ = try await platform.patch(serialNumber, PassPatchFixtures.points(points))
    }

    private func changeUntilSent() async throws {
        let earlier = try await newest(of: "issuer.messages", "id")
        try await change()
        try await becomes("1", "SELECT count(*) FROM issuer.messages WHERE id > \(earlier) AND attempts > 0")
    }

    private func changeUntilTold() async throws {
        let message = try await newest(of: "issuer.messages", "id")
        let push = try await newest(of: "registry.outbox", "position")
        try await change()
        try await becomes("1", "SELECT count(*) FROM registry.outbox WHERE position > \(push) AND attempts > 0")
        try await becomes("0", "SELECT count(*) FROM issuer.messages WHERE id > \(message)")
    }

    /// The number of the newest row that waits in an outbox.
    private func newest(of table: String, _ column: String) async throws -> String {
        try await platform.query("SELECT coalesce(max(\(column)), 0) FROM \(table)")
    }

    private func changeUntilPushed() async throws {
        let accepted = try platform.apns.simulator.counters.accepted
        try await change()
        try await eventually("the push to be accepted") { try platform.apns.simulator.counters.accepted > accepted }
        try await becomes("0", "SELECT count(*) FROM push.jobs")
    }

    /// Until the next service has stored what it was told, and the sender of it can't write that down.
    private func untilHeard(by service: ServiceProcess, _ kill: @Sendable () async throws -> Void) async throws {
        let isRegistry = service.name == platform.registry.name
        let heard = isRegistry ? "registry.pass_updates" : "push.deliveries"
        let lock: SQL =
            isRegistry ? "LOCK TABLE issuer.messages IN SHARE MODE" : "LOCK TABLE registry.outbox IN SHARE MODE"
        let before = try await platform.query("SELECT count(*) FROM \(heard)")
        try await whileStopped(service) {
            if isRegistry { try await changeUntilSent() } else { try await changeUntilTold() }
            try await whileLocked(lock) {
                service.resume()
                try await eventually("\(service.name) to store it") {
                    try await platform.query("SELECT count(*) FROM \(heard)") != before
                }
                try await kill()
            }
        }
    }

    private func untilQueued(_ kill: @Sendable () async throws -> Void) async throws {
        try await pushAdmin(PushSenderEndpoints.pauseTopic)
        try await change()
        try await becomes("1", "SELECT count(*) FROM push.jobs WHERE lease IS NULL")
        try await kill()
    }

    private func pushAdmin(_ endpoint: Endpoint<NoBody, Topic>) async throws {
        _ = try await platform.pushAdmin.call(endpoint, parameters: ["passTypeIdentifier": PassAuthority.passType])
    }

    private func untilTaken(_ kill: @Sendable () async throws -> Void) async throws {
        let simulator = try platform.apns.simulator
        simulator.script(APNsScriptStep(token: phone.pushToken, action: .ignore))
        try await change()
        try await becomes("1", "SELECT count(*) FROM push.jobs WHERE lease IS NOT NULL")
        try await kill()
        simulator.removeScripts()
    }

    private func untilAccepted(_ kill: @Sendable () async throws -> Void) async throws {
        let simulator = try platform.apns.simulator
        let accepted = simulator.counters.accepted
        // Where results are written, and nothing that leads to them.
        try await whileLocked("LOCK TABLE push.results IN SHARE MODE") {
            try await change()
            try await eventually("APNs to accept the push") { simulator.counters.accepted > accepted }
            try await becomes("1", "SELECT count(*) FROM push.jobs WHERE lease IS NOT NULL")
            try await kill()
        }
    }

    private func untilPhone(waitsFor service: ServiceProcess, _ kill: @Sendable () async throws -> Void) async throws {
        try await changeUntilPushed()
        try await whileStopped(service) {
            let asked = await fleet.counts.asked
            await fleet.setReachable(true)
            // Whoever waits for pass-issuer has been answered by device-registry.
            try await eventually("the phone to wait for \(service.name)") {
                let answers = await fleet.counts.asked - asked
                return await !fleet.isIdle && answers == (service.name == platform.issuer.name ? 1 : 0)
            }
            try await kill()
        }
    }

    // MARK: Means

    private func becomes(_ value: String, _ query: String) async throws {
        try await eventually("\(value) from \(query)") { try await platform.query(query) == value }
    }

    private func whileStopped(_ service: ServiceProcess, _ body: @Sendable () async throws -> Void) async throws {
        service.pause()
        defer { service.resume() }
        try await body()
    }

    /// PostgreSQL may die meanwhile, and the lock with it.
    private func whileLocked(_ lock: SQL, _ body: @Sendable () async throws -> Void) async throws {
        try await PostgresPool.using(platform.database.superuserURL, .test(size: 1)) { pool in
            let isAwaited = Flag(true)
            do {
                try await pool.transaction { transaction in
                    _ = try await transaction.query(lock)
                    try await body()
                    isAwaited.lower()
                }
            } catch  where !isAwaited.isUp {
                // Its end is what was wanted.
            }
        }
    }
}
