import APNsSimulator
import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import Support
import Testing

extension EndToEndTests {
    @Suite("When APNs refuses, limits or is away") struct PushFaultTests {
        @Test("410 ends the registrations that are older than it says, and keeps those that were renewed since")
        func unregistered() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let phones = try await platform.addPhones(2, to: fleet)
                // Both registered an hour ago; one token died before, one after.
                try await platform.query("UPDATE registry.registrations SET renewed_at = now() - interval '1 hour'")
                let simulator = try platform.apns.simulator
                simulator.removeToken(phones[0].pushToken, at: Instant.now().adding(seconds: -7_200))
                simulator.removeToken(phones[1].pushToken, at: Instant.now().adding(seconds: -1_800))
                for phone in phones {
                    try await platform.patch(try #require(phone.passes.keys.first), PassPatchFixtures.points(1))
                }
                try await eventually("the dead registration to end") {
                    try await platform.query("SELECT device_library_identifier FROM registry.registrations")
                        == phones[0].deviceLibraryIdentifier
                }
                try await eventually("both refusals to be told") {
                    let waiting = try await platform.query("SELECT count(*) FROM push.rejections")
                    return simulator.counters.refused["Unregistered"] == 2 && waiting == "0"
                }
                #expect(
                    try await platform.query("SELECT device_library_identifier FROM registry.devices")
                        == phones[0].deviceLibraryIdentifier)
            }
        }

        @Test("a storm of bad tokens opens the breaker and costs no phone its registration") func storm() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let simulator = try platform.apns.simulator
                simulator.script(.refuse(.badDeviceToken))
                let tokens = try await platform.registerDevices(200, serialNumber: "stormy")
                try await eventually("the breaker to open") { try await platform.topic()?.state == .open }
                let refused = simulator.counters.refused["BadDeviceToken"] ?? 0
                #expect(refused >= 50)
                #expect(try await platform.query("SELECT count(*) FROM registry.registrations") == "200")

                // The fault is mended, as by another certificate, and the operator says so.
                simulator.removeScripts()
                _ = try await platform.pushAdmin.call(
                    PushSenderEndpoints.resumeTopic, parameters: ["passTypeIdentifier": PassAuthority.passType])
                try await eventually("all phones to be pushed") { try platform.apns.pushCounts().count == tokens.count }
                #expect(try await platform.topic()?.state == .running)
                #expect(try await platform.query("SELECT count(*) FROM registry.registrations") == "200")
            }
        }

        @Test("what changes while APNs is away is pushed when it is back") func outage() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let phones = try await platform.addPhones(5, to: fleet)
                // Connected once, so that a connection breaks.
                try await Self.change(phones, platform, points: 1)
                for phone in phones { try await platform.apns.waitForPushes(to: phone.pushToken) }
                await platform.apns.stop()
                try await Self.change(phones, platform, points: 2)
                try await eventually("the pushes to wait") { try await platform.topic()?.queued == phones.count }
                try await platform.run(fleet) {
                    try platform.apns.start()
                    try await eventually(within: .seconds(60), "every phone to hold the newest content") {
                        await fleet.phones.allSatisfy { $0.passes.values.first?.points == 2 }
                    }
                }
                #expect(await fleet.complaints == [])
            }
        }

        @Test("one stream at a time is enough, and no push is lost or sent twice") func oneStream() async throws {
            try await withPlatform(apns: Self.oneStreamAtATime) { platform in
                try await platform.provideDemo()
                let tokens = try await platform.registerDevices(500, serialNumber: "one-by-one")
                try await eventually("all phones to be pushed") { try platform.apns.pushCounts().count == tokens.count }
                let counts = try platform.apns.pushCounts()
                #expect(tokens.allSatisfy { counts[$0] == 1 })
                #expect(try platform.apns.simulator.counters.resets == 0)
            }
        }

        @Test("connections that end in mid-stream, with and without a word, lose no push") func broken() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let simulator = try platform.apns.simulator
                // Slow answers, so that the ends come in between.
                simulator.script(APNsScriptStep(action: .judge, delayMilliseconds: 20))
                let tokens = try await platform.registerDevices(4_000, serialNumber: "broken")
                for round in 1...4 {
                    try await eventually("some pushes") { try platform.apns.pushCounts().count > round * 200 }
                    if round.isMultiple(of: 2) { simulator.goAway() } else { simulator.dropConnections() }
                }
                simulator.removeScripts()
                try await eventually(within: .seconds(60), "all phones to be pushed") {
                    try platform.apns.pushCounts().count == tokens.count
                }
                #expect(try await platform.query("SELECT count(*) FROM registry.registrations") == "4000")
            }
        }

        @Test("PostgreSQL that dies while pushes are sent costs none of them, and no push-sender its process")
        func database() async throws {
            try await withPlatform(ownCluster: true) { platform in
                let cluster = try #require(platform.cluster)
                platform.push.change(["PUSH_LEASE_SECONDS": "5", "PUSHES_IN_FLIGHT": "5"])
                try await platform.push.restart(client: platform.client)
                let process = platform.push.processIdentifier
                try await platform.provideDemo()
                let simulator = try platform.apns.simulator
                // About 250 a second, so that the end comes in between.
                simulator.script(APNsScriptStep(action: .judge, delayMilliseconds: 20))
                let tokens = try await platform.registerDevices(4_000, serialNumber: "database")
                for round in 1...2 {
                    try await eventually("some pushes") { simulator.counters.accepted > round * 500 }
                    try await cluster.kill()
                    try await eventually("push-sender to notice") {
                        try await platform.send(.get, platform.push.internalURL + "/readyz").status
                            == .serviceUnavailable
                    }
                    #expect(simulator.counters.accepted < tokens.count)
                    try await cluster.restart()
                }
                try await eventually(within: .seconds(90), "all phones to be pushed") {
                    let waiting = (try? await platform.query("SELECT count(*) FROM push.jobs")) == "0"
                    return try platform.apns.pushCounts().count == tokens.count && waiting
                }
                // Nothing was refused, given up or blamed on a token.
                #expect(try await platform.query("SELECT count(*) FROM push.results WHERE reason IS NOT NULL") == "0")
                #expect(try await platform.query("SELECT count(*) FROM registry.registrations") == "4000")
                #expect(platform.push.isRunning && platform.push.processIdentifier == process)
            }
        }

        @Test("a push-sender that is away delays the pushes and loses none") func pushSenderAway() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let phones = try await platform.addPhones(3, to: fleet)
                await platform.push.kill()
                try await Self.change(phones, platform, points: 7)
                try await eventually("the registry to have tried") {
                    try await platform.query("SELECT count(*) > 0 FROM registry.outbox WHERE attempts > 0") == "t"
                }
                try await platform.run(fleet) {
                    try await platform.push.start()
                    try await eventually(within: .seconds(60), "every phone to hold the newest content") {
                        await fleet.phones.allSatisfy { $0.passes.values.first?.points == 7 }
                    }
                }
                try await eventually("the outbox to be empty") {
                    try await platform.query("SELECT count(*) FROM registry.outbox") == "0"
                }
            }
        }

        private static func oneStreamAtATime(_ configuration: inout APNsSimulatorConfiguration) {
            configuration.maximumConcurrentStreams = 1
        }

        private static func change(_ phones: [FleetPhone], _ platform: WalletPlatform, points: Int) async throws {
            for serialNumber in phones.flatMap(\.passes.keys) {
                try await platform.patch(serialNumber, PassPatchFixtures.points(points))
            }
        }
    }
}
