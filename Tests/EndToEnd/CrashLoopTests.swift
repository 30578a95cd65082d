import Contracts
import Foundation
import HTTPClient
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Crashes at random instants on the way from a change to the phone") struct CrashLoopTests {
        private static let rounds = 10
        private static let phones = 12
        private static let passesOfAPhone = 2

        @Test("after kill -9 of any service and of PostgreSQL, again and again, every phone holds the newest content")
        func loop() async throws {
            // The same seed brings the same victims after the same pauses.
            let seed =
                ProcessInfo.processInfo.environment["CRASH_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...1 << 40)
            print("CRASH_SEED=\(seed)")
            try await withPlatform(ownCluster: true) { platform in
                platform.push.change(["PUSH_LEASE_SECONDS": "3"])
                try await platform.push.restart(client: platform.client)
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let phones = try await platform.addPhones(Self.phones, passes: Self.passesOfAPhone, to: fleet)
                let serialNumbers = phones.flatMap(\.passes.keys)
                try await platform.run(fleet) {
                    let writing = Flag(true)
                    try await withThrowingTaskGroup(of: Void.self) { writers in
                        for serialNumber in serialNumbers {
                            writers.addTask { await Self.change(serialNumber, platform, while: writing) }
                        }
                        try await Self.crash(platform, seed: seed)
                        writing.lower()
                        try await writers.waitForAll()
                    }
                    try await Self.expectNewest(serialNumbers, fleet, platform, seed: seed)
                }
                #expect(await fleet.complaints == [], "CRASH_SEED=\(seed)")
                #expect(await fleet.counts.abandoned == 0, "CRASH_SEED=\(seed)")
            }
        }

        /// Changes a pass again and again; what is not answered is not counted on.
        private static func change(_ serialNumber: String, _ platform: WalletPlatform, while writing: Flag) async {
            var points = 0
            while writing.isUp {
                points += 1
                let patch = PassPatch(voucher: .value(["points": .number(JSONNumber(points))]))
                // Some change is the newest, whether its answer came or not.
                _ = try? await platform.patch(serialNumber, patch)
                try? await Task.sleep(for: .milliseconds(.random(in: 20...120)))
            }
        }

        private static func crash(_ platform: WalletPlatform, seed: UInt64) async throws {
            var random = SeededRandom(seed: seed)
            let cluster = try #require(platform.cluster)
            let services = [platform.issuer, platform.registry, platform.push]
            for _ in 0..<rounds {
                try await Task.sleep(for: .milliseconds(.random(in: 100...1_200, using: &random)))
                let victims = Int.random(in: 1...3, using: &random)
                var order = Array(0..<4).shuffled(using: &random).prefix(victims)
                let pause = Duration.milliseconds(.random(in: 0...400, using: &random))
                let killed = order
                while let victim = order.popFirst() {
                    if victim < services.count { await services[victim].kill() } else { try await cluster.kill() }
                }
                try await Task.sleep(for: pause)
                for victim in killed {
                    if victim < services.count {
                        try await services[victim].start()
                    } else {
                        try await cluster.restart()
                    }
                }
            }
            for service in platform.services { try await service.waitUntilReady(client: platform.client) }
        }

        private static func expectNewest(
            _ serialNumbers: [String], _ fleet: PhoneFleet, _ platform: WalletPlatform, seed: UInt64
        ) async throws {
            for serialNumber in serialNumbers {
                let newest = try await platform.pass(serialNumber).voucher["points"]?.intValue
                // Leases of what was taken by the dead end one after the other.
                try await eventually(
                    within: .seconds(90),
                    "a phone to hold \(newest ?? -1) points in \(serialNumber), CRASH_SEED=\(seed)"
                ) {
                    await fleet.phones.contains { $0.passes[serialNumber]?.points == newest }
                }
            }
        }
    }
}
