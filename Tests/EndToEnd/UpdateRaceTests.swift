import Contracts
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Changes and phones in a race") struct UpdateRaceTests {
        private static let patched = 4
        private static let writersOfAPass = 3
        private static let changes = 10

        @Test("every phone ends with the newest content of every pass, by its tags alone") func race() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let replicas = [try platform.replica(of: platform.issuer), try platform.replica(of: platform.registry)]
                for replica in replicas {
                    try await replica.start()
                    try await replica.waitUntilReady(client: platform.client)
                }
                let admins = [platform.issuer, replicas[0]].map { issuer in
                    RPCClient(client: platform.client, baseURL: issuer.internalURL, token: platform.secrets.admin)
                }
                var links: [String] = []
                var serialNumbers: [String] = []
                for _ in 0..<Self.patched {
                    links.append(try await platform.link(for: Person()))
                    serialNumbers.append(try await Self.open(links.last ?? "", platform).serialNumber)
                }
                let people = [Person(), Person()]
                let newerLinks = try await Self.newerLinks(people, platform)
                for link in newerLinks.compactMap(\.first) {
                    links.append(link)
                    serialNumbers.append(try await Self.open(link, platform).serialNumber)
                }
                let phones = [platform.registry, platform.registry, replicas[1]].map {
                    WalletDevice(platform, baseURL: $0.publicURL)
                }

                let writing = Flag(true)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for phone in phones {
                        group.addTask { [links] in
                            try await Self.install(links, on: phone, platform)
                            while writing.isUp { await phone.refresh() }
                        }
                    }
                    try await withThrowingTaskGroup(of: Void.self) { writers in
                        for serialNumber in serialNumbers.prefix(Self.patched) {
                            for writer in 0..<Self.writersOfAPass {
                                let admin = admins[writer % admins.count]
                                writers.addTask { try await Self.patch(serialNumber, as: writer, admin) }
                            }
                        }
                        for links in newerLinks { writers.addTask { try await Self.openInDisorder(links, platform) } }
                        try await writers.waitForAll()
                    }
                    writing.lower()
                    try await group.waitForAll()
                }

                try await Self.expectNothingLost(serialNumbers, platform)
                // A message that comes late raises the tag of a pass that phones have fetched already.
                try await eventually("device-registry to be told of all") {
                    try await platform.query("SELECT count(*) FROM issuer.messages WHERE kind = 'passesChanged'") == "0"
                }
                for phone in phones {
                    for serialNumber in serialNumbers {
                        let newest = try await platform.pass(serialNumber).voucher["points"]?.intValue
                        try await eventually("a phone to hold \(newest ?? -1) points in \(serialNumber)") {
                            await phone.refresh()
                            return await phone.passes[serialNumber]?.content.points == newest
                        }
                    }
                    #expect(await phone.complaints == [])
                    // Nothing is listed twice once all is fetched.
                    #expect(await phone.askWhatChanged() == .noContent)
                }
            }
        }

        @Test("a phone that registers a pass which changed after it was downloaded is told of that change")
        func lateRegistration() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let packages = try await [
                    platform.open(try await platform.link(for: Person())).body,
                    platform.open(try await platform.link(for: Person())).body,
                ]
                let serialNumbers = try packages.map { try #require(PassContent(package: $0)).serialNumber }
                let phone = WalletDevice(platform)
                for package in packages { try await phone.add(package: package) }
                #expect(await phone.register(serialNumbers[0]) == .created)
                // The second pass changes, then the first: the phone's tag is newer than the change of the second.
                try await platform.patch(serialNumbers[1], PassPatchFixtures.points(2))
                try await platform.patch(serialNumbers[0], PassPatchFixtures.points(1))
                let witness = WalletDevice(platform)
                try await witness.add(package: packages[1])
                #expect(await witness.register(serialNumbers[1]) == .created)
                try await eventually("both changes to be known") {
                    await witness.refresh()
                    await phone.refresh()
                    let seen = await [
                        witness.passes[serialNumbers[1]]?.content.points,
                        phone.passes[serialNumbers[0]]?.content.points,
                    ]
                    return seen == [2, 1]
                }
                try await platform.patch(serialNumbers[0], PassPatchFixtures.points(3))
                try await eventually("the phone to have a newer tag") {
                    await phone.refresh()
                    return await phone.passes[serialNumbers[0]]?.content.points == 3
                }

                #expect(await phone.register(serialNumbers[1]) == .created)
                await phone.refresh()
                #expect(await phone.passes[serialNumbers[1]]?.content.points == 2)
                #expect(await phone.complaints == [])
            }
        }

        private static func open(_ link: String, _ platform: WalletPlatform) async throws -> PassContent {
            try #require(PassContent(package: try await platform.open(link).body))
        }

        /// Links with ever newer data for each person, in their order.
        private static func newerLinks(_ people: [Person], _ platform: WalletPlatform) async throws -> [[String]] {
            var all: [[String]] = []
            for person in people {
                var links: [String] = []
                for points in 1...Self.changes {
                    links.append(try await platform.link(for: person, voucher: ["points": .number(JSONNumber(points))]))
                }
                all.append(links)
            }
            return all
        }

        /// Each writer leaves a mark of its own with each change, so that one writer's loss is not hidden by another.
        private static func patch(_ serialNumber: String, as writer: Int, _ admin: RPCClient) async throws {
            for change in 1...Self.changes {
                let voucher: JSONObject = [
                    "points": .number(JSONNumber(1_000 * (writer + 1) + change)), "w\(writer)n\(change)": true,
                ]
                try await eventually("the patch to be taken") {
                    // 503 when too many change the pass at once.
                    do throws(RPCError) {
                        _ = try await admin.call(
                            PassIssuerEndpoints.patchPass, parameters: ["serialNumber": serialNumber],
                            body: PassPatch(voucher: .value(voucher)))
                        return true
                    } catch .problem(let problem) where problem.httpStatus == .serviceUnavailable {
                        return false
                    }
                }
            }
        }

        /// An older link that is opened after a newer one changes nothing.
        private static func openInDisorder(_ links: [String], _ platform: WalletPlatform) async throws {
            for index in links.indices.dropFirst() {
                for link in [links[index], links[index - 1]] {
                    #expect(try await platform.open(link).status == .ok)
                }
            }
        }

        private static func install(
            _ links: [String], on phone: WalletDevice, _ platform: WalletPlatform
        ) async throws {
            for link in links {
                let package = try await platform.open(link).body
                try await phone.add(package: package)
                #expect(await phone.register(try #require(PassContent(package: package)).serialNumber) == .created)
                await phone.refresh()
            }
        }

        private static func expectNothingLost(_ serialNumbers: [String], _ platform: WalletPlatform) async throws {
            for serialNumber in serialNumbers.prefix(patched) {
                let voucher = try await platform.pass(serialNumber).voucher
                for writer in 0..<writersOfAPass {
                    for change in 1...changes { #expect(voucher["w\(writer)n\(change)"] == true) }
                }
            }
            for serialNumber in serialNumbers.dropFirst(patched) {
                #expect(try await platform.pass(serialNumber).voucher["points"]?.intValue == changes)
            }
        }
    }
}
