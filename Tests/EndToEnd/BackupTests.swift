import Contracts
import IPhoneSimulator
import Support
import Testing

extension EndToEndTests {
    @Suite("A dump of the running system") struct BackupTests {
        private static let after = "\(Checkout.path)/Deploy/postgres/after-restore.sql"

        @Test(
            "restored into a new cluster, keeps phones up to date, also those that saw what was lost with the old one")
        func restore() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let fleet = try platform.makeFleet()
                let phones = try await platform.addPhones(4, to: fleet)
                let serialNumbers = phones.flatMap(\.passes.keys)
                let new = try await TestDatabase.crashCluster()
                try await platform.run(fleet) {
                    try await Self.change(serialNumbers, to: 1, fleet, platform)
                    let directory = try TestDirectory()
                    let dump = directory.path("wallet.dump")
                    try await Program.succeed([
                        "pg_dump", "--format=custom", "--file=\(dump)", platform.database.superuserURL,
                    ])
                    // Phones see this, and the dump does not hold it.
                    try await Self.change(serialNumbers, to: 2, fleet, platform)

                    // Each change has a later Last-Modified, in whole seconds: several in a second run ahead of the clock, which
                    // catches up long before anybody has restored a dump.
                    try await eventually("the clock to pass what phones hold") {
                        try await platform.query(
                            "SELECT max(last_modified) < floor(extract(epoch FROM now())) FROM issuer.passes") == "t"
                    }
                    for service in platform.services { #expect(await service.terminate() == 0) }
                    try await Self.restore(dump, into: new.database)
                    for (service, login) in zip(platform.services, Self.logins) {
                        service.change(["DATABASE_URL": new.database.url(for: login)])
                        try await service.start()
                    }
                    for service in platform.services { try await service.waitUntilReady(client: platform.client) }
                    #expect(try await platform.pass(serialNumbers[0]).voucher["points"]?.intValue == 1)
                    try await Self.change(serialNumbers, to: 3, fleet, platform)
                }
                #expect(await fleet.complaints == [])
            }
        }

        @Test("shows whoever steals it no key of a pass certificate or an account, and no token that opens anything")
        func stolen() async throws {
            try await withPlatform { platform in
                try await provideEveryCredential(platform)
                let opened = try await platform.open(try await platform.link(for: Person()))
                let token = try #require(PassContent(package: opened.body)).authenticationToken
                let dump = try await Program.succeed(["pg_dump", "--inserts", platform.database.superuserURL])
                #expect(dump.contains("Spring Coffee"))
                let keys = try ["pass", "other"].flatMap { name in
                    try platform.authority.pem("\(name).key.pem").split(separator: "\n").filter { $0.count == 64 }
                }
                #expect(!keys.isEmpty)
                for secret in platform.secrets.all + keys.map { String($0) } + [token, "PRIVATE KEY"] {
                    #expect(!dump.contains(secret), "\(secret.prefix(8))…")
                }
            }
        }

        /// In the order of the platform's services.
        private static let logins: [PostgresLogin] = [.passIssuer, .deviceRegistry, .googleBridge, .pushSender]

        private static func restore(_ dump: String, into database: TestDatabase) async throws {
            try await Program.succeed([
                "pg_restore", "--clean", "--if-exists", "--exit-on-error", "--dbname=\(database.superuserURL)", dump,
            ])
            try await Program.succeed(["psql", "--no-psqlrc", "--quiet", "--file=\(after)", database.superuserURL])
        }

        private static func change(
            _ serialNumbers: [String], to points: Int, _ fleet: PhoneFleet, _ platform: WalletPlatform
        ) async throws {
            for serialNumber in serialNumbers {
                try await platform.patch(serialNumber, PassPatchFixtures.points(points))
            }
            // What was on its way when the dump was made stays with its sender until the lease ends.
            try await eventually(within: .seconds(120), "every phone to hold \(points) points") {
                await fleet.phones.allSatisfy { phone in phone.passes.values.allSatisfy { $0.points == points } }
            }
        }
    }
}
