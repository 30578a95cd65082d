import Support
import Testing

extension EndToEndTests {
    @Suite("Migrations and logins") struct MigrationTests {
        @Test("the migrate command applies each migration once, however often it runs") func command() async throws {
            try await withPlatform(isStarted: false) { platform in
                for service in platform.services {
                    let first = try await service.run("migrate")
                    #expect(first.status == 0, "\(first.output)")
                    let applied = try await Self.migrations(of: service, platform)
                    #expect(!applied.isEmpty)
                    let second = try await service.run("migrate")
                    #expect(second.status == 0, "\(second.output)")
                    #expect(try await Self.migrations(of: service, platform) == applied)
                }
                // What was migrated by hand is served as it is.
                try await platform.start()
            }
        }

        @Test("two replicas that start at once on an empty database both become ready, each migration applied once")
        func replicas() async throws {
            try await withPlatform(isStarted: false) { platform in
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

        @Test("a service's login can neither read nor use another's schema") func separation() async throws {
            try await withPlatform { platform in
                for login in PostgresLogin.allCases {
                    let url = platform.database.url(for: login)
                    let own = try await Self.query("SELECT count(*) FROM \(login.schema).schema_migrations", url)
                    #expect(own.status == 0, "\(own.output)")
                    for other in PostgresLogin.allCases where other != login {
                        for statement in [
                            "SELECT * FROM \(other.schema).schema_migrations",
                            "CREATE TABLE \(other.schema).mine (id int)",
                        ] {
                            let answer = try await Self.query(statement, url)
                            #expect(answer.status != 0)
                            #expect(answer.output.contains("permission denied for schema \(other.schema)"))
                        }
                    }
                    let everyone = try await Self.query("CREATE TABLE public.mine (id int)", url)
                    #expect(everyone.output.contains("permission denied for schema public"))
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
