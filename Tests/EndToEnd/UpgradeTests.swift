import Contracts
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite(
        "An update from the previous release", .enabled(if: PreviousRelease.current != nil, "see make compatibility"))
    struct UpgradeTests {
        @Test("logins and schemas are brought up to date and each service is replaced under load: no request fails")
        func underLoad() async throws {
            let previous = try #require(PreviousRelease.current)
            try await withPlatform(isStarted: false, updatedFrom: previous) { platform in
                try await platform.startPrevious(previous)
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let serialNumbers = try await platform.addPhones(8, to: fleet).flatMap(\.passes.keys)
                try await platform.run(fleet) {
                    let visitors = Visitors(platform)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for serialNumber in serialNumbers {
                            group.addTask { await visitors.change(serialNumber) }
                        }
                        for _ in 0..<4 { group.addTask { await visitors.open() } }
                        try await Self.update(platform, visitors)
                        visitors.goHome()
                        try await group.waitForAll()
                    }
                    print("\(visitors.count) requests, \(visitors.faults.count) failed")
                    #expect(visitors.faults.isEmpty, "\(visitors.faults.prefix(20))")
                    for serialNumber in serialNumbers {
                        let newest = try await platform.pass(serialNumber).voucher["points"]?.intValue
                        try await eventually(within: .seconds(60), "a push to bring a phone \(newest ?? -1) points") {
                            await fleet.phones.contains { $0.passes[serialNumber]?.points == newest }
                        }
                    }
                }
                #expect(await fleet.complaints == [])
            }
        }

        /// As docs/operations.md says: the logins, the schemas, then one service after the other.
        private static func update(_ platform: WalletPlatform, _ visitors: Visitors) async throws {
            try await visitors.reach(100)
            try await platform.database.updateRoles()
            try await visitors.reach(visitors.count + 100)
            try await platform.migrate()
            try await visitors.reach(visitors.count + 100)
            for service in [platform.push, platform.bridge, platform.registry, platform.issuer] {
                let new = try platform.replica(of: service)
                try await new.start()
                try await new.waitUntilReady(client: platform.client)
                try platform.lead(to: new)
                try await visitors.reach(visitors.count + 50)
                #expect(await service.terminate() == 0)
                try await visitors.reach(visitors.count + 100)
            }
        }
    }
}
