import APNsSimulator
import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Synchronization
import Testing

extension EndToEndTests {
    @Suite("From a change to the phone, by push", .sharedPlatform) struct PushTests {
        @Test("a phone that never asks by itself is pushed, asks, fetches, and shows what changed") func circle()
            async throws
        {
            let platform = try WalletPlatform.shared()
            let exchanges = Exchanges()
            let pushes = Mutex<[Push]>([])
            let service = PushService(client: platform.client, controlURL: platform.apns.controlURL)
            let phone = try platform.makePhone(pushService: service, observe: exchanges.add)
            let package = try await phone.add(link: try await platform.link(for: Person(), voucher: ["points": 120]))
            let serialNumber = package.pass.serialNumber
            exchanges.clear()

            try await platform.patch(serialNumber, PassPatchFixtures.points(130))
            let updates = try await phone.watch(
                service, within: .seconds(30), observe: { push in pushes.withLock { $0.append(push) } },
                until: { !$0.isEmpty })
            #expect(updates.map(\.serialNumber) == [serialNumber] && updates.map(\.outcome) == [.updated])
            let change = try #require(updates.first?.changes.first { $0.key == "points" })
            #expect(change.old == "120" && change.new == "130")
            // One push, one question, one package, and nothing to complain of.
            #expect(pushes.withLock { $0.count } == 1)
            #expect(exchanges.statuses == [200, 200])
            #expect(try await phone.refresh().isEmpty)
            #expect(!exchanges.paths.contains { $0.hasPrefix("/v1/log") })
        }

        @Test("a push says nothing: an empty JSON object to the pass type, kept by Apple until the phone is there")
        func content() async throws {
            let platform = try WalletPlatform.shared()
            let fleet = try platform.makeFleet()
            let phone = try #require(try await platform.addPhones(1, to: fleet).first)
            try await platform.patch(try #require(phone.passes.keys.first), PassPatchFixtures.points(1))
            try await platform.apns.waitForPushes(to: phone.pushToken)
            let push = try #require(
                await platform.apns.simulator.pushes(for: phone.pushToken, within: .seconds(1)).first)
            #expect(push.payload == "{}" && push.topic == PassAuthority.passType)
            #expect(push.expiration == nil && push.pushType == nil && push.priority == 10)
        }

        @Test("many passes of one phone that change in one batch are one push") func batch() async throws {
            let platform = try WalletPlatform.shared()
            let fleet = try platform.makeFleet()
            let phones = try await platform.addPhones(2, passes: 5, to: fleet)
            let caller = RPCClient(
                client: platform.client, baseURL: platform.registry.internalURL,
                token: platform.secrets.services[ServiceName.issuer.rawValue])
            let serialNumbers = phones.flatMap { $0.passes.keys.compactMap(SerialNumber.init(rawValue:)) }
            let answer = try await caller.call(
                DeviceRegistryEndpoints.passUpdates,
                body: PassUpdatesRequest(
                    updateId: .written("one-batch"), passTypeIdentifier: .written("pass.example.demo"),
                    serialNumbers: serialNumbers))
            #expect(answer == PassUpdatesAnswer(passes: 10, devices: 2))
            for phone in phones { try await platform.apns.waitForPushes(to: phone.pushToken) }
            // Whatever else was to come would have come before the push of a later change.
            try await Self.pushAnother(platform)
            let counts = try platform.apns.pushCounts()
            #expect(phones.map { counts[$0.pushToken] } == [1, 1])
        }

        @Test("many passes of one phone that a mass update changes are one push") func massUpdate() async throws {
            let platform = try WalletPlatform.shared()
            let fleet = try platform.makeFleet()
            let phones = try await platform.addPhones(2, passes: 5, to: fleet)
            let lines = phones.flatMap(\.passes.keys).map { #"{"serialNumber":"\#($0)","voucher":{"points":77}}"# }
            try await platform.run(fleet) {
                try await eventually("the phones to have their packages") { await fleet.isIdle }
                let rollout = try await platform.endOfRollout(
                    try await platform.updatePasses(Array(lines.joined(separator: "\n").utf8)))
                #expect(rollout.state == .done && rollout.notified == 10 && rollout.failed == 0)
                try await eventually("each phone to show all its changes") {
                    await fleet.phones.allSatisfy { $0.passes.values.allSatisfy { $0.points == 77 } }
                }
            }
            try await Self.pushAnother(platform)
            let counts = try platform.apns.pushCounts()
            #expect(phones.map { counts[$0.pushToken] } == [1, 1])
        }

        @Test("many passes of one phone that a campaign's rollout changes are one push") func rollout() async throws {
            let platform = try WalletPlatform.shared()
            let fleet = try platform.makeFleet()
            let phones = try await platform.addPhones(2, passes: 5, to: fleet)
            try await platform.run(fleet) {
                // A package that is fetched between the change and its turn in the walk is a change told by itself.
                try await eventually("the phones to have their packages") { await fleet.isIdle }
                let rollout = try await platform.endOfRollout(
                    try await platform.changeCampaign(logoText: "One push"))
                #expect(rollout.state == .done && rollout.notified >= 10 && rollout.failed == 0)
                try await eventually("each phone to show all its changes") {
                    await fleet.phones.allSatisfy {
                        $0.passes.values.allSatisfy { $0.content?["logoText"] == "One push" }
                    }
                }
            }
            try await Self.pushAnother(platform)
            let counts = try platform.apns.pushCounts()
            #expect(phones.map { counts[$0.pushToken] } == [1, 1])
        }

        @Test("a phone that registers a pass which changed before is pushed once, and told of it")
        func lateRegistration()
            async throws
        {
            let platform = try WalletPlatform.shared()
            let opened = try await platform.open(try await platform.link(for: Person())).body
            let content = try #require(PassContent(package: opened))
            try await platform.patch(content.serialNumber, PassPatchFixtures.points(5))
            let witness = WalletDevice(platform)
            try await witness.add(package: opened)
            #expect(await witness.register(content.serialNumber) == .created)
            try await eventually("the registry to know the change") {
                await witness.refresh()
                return await witness.passes[content.serialNumber]?.content.points == 5
            }

            let fleet = try platform.makeFleet()
            let phone = FleetPhone(
                pushToken: try platform.apns.simulator.mintToken(topic: PassAuthority.passType),
                passes: [content.serialNumber: content.authenticationToken])
            platform.confide(phone.pushToken)
            platform.confide(phone.deviceLibraryIdentifier)
            await fleet.add(phone)
            try await platform.run(fleet) {
                await fleet.register()
                try await platform.apns.waitForPushes(to: phone.pushToken)
                try await eventually("the phone to rest") {
                    let counts = await fleet.counts
                    return await fleet.isIdle && counts.pushes == 1
                }
            }
            try await Self.pushAnother(platform)
            #expect(try platform.apns.pushCounts()[phone.pushToken] == 1)
            #expect(await fleet.phones.first?.passes[content.serialNumber]?.points == 5)
            #expect(await fleet.complaints == [])
        }

        @Test("two push-senders share what there is, and each phone is pushed once") func replicas() async throws {
            let platform = try WalletPlatform.shared()
            let replica = try platform.replica(of: platform.push)
            try await replica.start()
            try await replica.waitUntilReady(client: platform.client)
            let tokens = try await platform.registerDevices(
                3_000, serialNumber: "shared-\(Int.random(in: 0...1 << 40))")
            try await eventually("all phones to be pushed") {
                let counts = try platform.apns.pushCounts()
                return tokens.allSatisfy { counts[$0] != nil }
            }
            let counts = try platform.apns.pushCounts()
            #expect(tokens.allSatisfy { counts[$0] == 1 })
            #expect(await replica.terminate() == 0)
        }

        /// Changes a pass of a new phone and waits for its push.
        private static func pushAnother(_ platform: WalletPlatform) async throws {
            let fleet = try platform.makeFleet()
            let phone = try #require(try await platform.addPhones(1, to: fleet).first)
            try await platform.patch(try #require(phone.passes.keys.first), PassPatchFixtures.points(1))
            try await platform.apns.waitForPushes(to: phone.pushToken)
        }
    }
}
