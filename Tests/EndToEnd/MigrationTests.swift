import HTTPClient
import HTTPTypes
import Support
import Testing

extension EndToEndTests {
    @Suite("Migrations and logins") struct MigrationTests {
        @Test("the migrate command applies each migration once, however often it runs") func command() async throws {
            try await withPlatform(isStarted: false) { platform in
                for service in platform.services {
                    let first = try await service.migrate()
                    #expect(first.status == 0, "\(first.output)")
                    let applied = try await Self.migrations(of: service, platform)
                    #expect(!applied.isEmpty)
                    let second = try await service.migrate()
                    #expect(second.status == 0, "\(second.output)")
                    #expect(try await Self.migrations(of: service, platform) == applied)
                }
                // What was migrated by hand is served as it is.
                try await platform.start()
            }
        }

        @Test("a service whose login may not migrate says what to run, and is ready once that was run, twice at once")
        func waiting() async throws {
            try await withPlatform(isStarted: false) { platform in
                let processes = try platform.services.flatMap { [$0, try platform.replica(of: $0)] }
                for process in processes { try await process.start() }
                for process in processes {
                    try await eventually("\(process.name) to say what it waits for") {
                        // Refused connections mean that it does not listen yet.
                        let answer = try? await platform.client.send(
                            HTTPClientRequest(url: process.internalURL + "/readyz"))
                        let text = String(decoding: answer?.body ?? [], as: UTF8.self)
                        return answer?.status == .serviceUnavailable && text.contains("run \(process.name) migrate")
                    }
                    // The command says so as well when it is given the running login.
                    let refused = try await process.run("migrate")
                    #expect(refused.status == 1 && refused.output.contains("this login may not apply V0001__initial"))
                }
                async let first: Void = platform.migrate()
                async let second: Void = platform.migrate()
                _ = try await (first, second)
                for process in processes { try await process.waitUntilReady(client: platform.client) }
                for service in platform.services {
                    let applied = try await Self.migrations(of: service, platform)
                    #expect(!applied.isEmpty && Set(applied).count == applied.count)
                }
            }
        }

        @Test("with one login for both, as in a simple installation, replicas that start at once migrate once")
        func replicas() async throws {
            try await withPlatform(isStarted: false) { platform in
                for service in platform.services { service.change(["DATABASE_URL": service.ownerDatabaseURL]) }
                let processes = try platform.services.flatMap { [$0, try platform.replica(of: $0)] }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for process in processes { group.addTask { try await process.start() } }
                    try await group.waitForAll()
                }
                for process in processes { try await process.waitUntilReady(client: platform.client) }
                for service in platform.services {
                    let applied = try await Self.migrations(of: service, platform)
                    #expect(!applied.isEmpty && Set(applied).count == applied.count)
                    let lines = processes.filter { $0.name == service.name }.map(\.log).joined()
                        .split(separator: "\n").filter { $0.contains("A migration was applied.") }
                    #expect(lines.count == applied.count)
                }
            }
        }

        private static func migrations(of service: ServiceProcess, _ platform: WalletPlatform) async throws -> [String]
        {
            let name = try #require(ServiceName(rawValue: service.name))
            let answer = try await query(
                "SELECT version FROM \(name.login.schema).schema_migrations ORDER BY 1", platform.database.superuserURL)
            #expect(answer.status == 0, "\(answer.output)")
            return answer.output.split(separator: "\n").map(String.init)
        }

        private static func query(_ statement: String, _ url: String) async throws -> Program.Outcome {
            try await Program.run(["psql", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-Atc", statement, url])
        }
    }
}
