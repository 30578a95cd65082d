import Support
import Testing

extension EndToEndTests {
    @Suite("The command line") struct CommandLineTests {
        @Test("--help lists every setting and ends with 0", arguments: ServiceName.allCases)
        func help(_ name: ServiceName) async throws {
            let answer = try await Self.run(name, "--help")
            #expect(answer.status == 0)
            for setting in Self.settings(of: name) {
                #expect(answer.output.contains("\n  \(setting)  ("), "\(setting) is not listed")
            }
            #expect(answer.output.contains("migrate"))
        }

        @Test("every setting that is missing is named at once, with status 78", arguments: ServiceName.allCases)
        func missing(_ name: ServiceName) async throws {
            let answer = try await Self.run(name)
            #expect(answer.status == 78)
            for setting in Self.required(by: name) {
                #expect(answer.output.contains("\(setting) is not set"), "\(setting) is not named")
            }
        }

        @Test("settings of the wrong shape are named beside those that are missing, and no secret is repeated")
        func wrong() async throws {
            let answer = try await Self.run(
                .issuer,
                settings: [
                    "INTERNAL_PORT": "http", "LINK_FORMAT": "scrambled", "LINK_KEYS": "not-a-ring-of-keys",
                    "MASTER_KEYS_FILE": "/nowhere/master-keys", "ADMIN_TOKEN_SHA256": "the-token-itself",
                ])
            #expect(answer.status == 78)
            for name in [
                "INTERNAL_PORT", "LINK_FORMAT", "LINK_KEYS", "MASTER_KEYS_FILE", "ADMIN_TOKEN_SHA256", "DATABASE_URL",
            ] {
                #expect(answer.output.contains("  \(name) "), "\(name) is not named")
            }
            #expect(!answer.output.contains("not-a-ring-of-keys"))
            #expect(!answer.output.contains("the-token-itself"))
        }

        @Test("an unknown command ends with 64") func unknown() async throws {
            #expect(try await Self.run(.registry, "serve-me").status == 64)
        }

        private static func run(
            _ name: ServiceName, _ arguments: String..., settings: [String: String] = [:]
        ) async throws -> Program.Outcome {
            try await Program.run(
                [try ServiceProcess.executable(name.rawValue)] + arguments,
                environment: ServiceProcess.environment(settings))
        }

        private static func required(by name: ServiceName) -> [String] {
            switch name {
            case .issuer: ["DATABASE_URL", "SERVICE_TOKEN", "MASTER_KEYS", "LINK_KEYS", "PASS_TOKEN_KEYS"]
            case .registry: ["DATABASE_URL", "SERVICE_TOKEN", "PASS_TOKEN_KEYS"]
            case .bridge: ["DATABASE_URL", "MASTER_KEYS"]
            case .push: ["DATABASE_URL"]
            }
        }

        private static func settings(of name: ServiceName) -> [String] {
            let all = [
                "DATABASE_URL", "DATABASE_POOL_SIZE", "INTERNAL_ADDRESS", "INTERNAL_PORT", "MAX_CONNECTIONS",
                "LOG_LEVEL", "LOG_FORMAT", "SHUTDOWN_DEADLINE_SECONDS",
            ]
            let listening = ["PUBLIC_ADDRESS", "PUBLIC_PORT", "MAX_CONNECTIONS_PER_ADDRESS", "TRUSTED_PROXIES"]
            let own: [String] =
                switch name {
                case .issuer:
                    [
                        "ADMIN_TOKEN_SHA256", "PERSONALISATION_TOKEN_SHA256", "DEVICE_REGISTRY_TOKEN_SHA256",
                        "LINK_FORMAT", "LINK_BASE_URL", "WEB_SERVICE_URL", "DEVICE_REGISTRY_URL",
                        "CREATE_RATE_PER_ADDRESS",
                    ]
                case .registry:
                    [
                        "ADMIN_TOKEN_SHA256", "PASS_ISSUER_TOKEN_SHA256", "PUSH_SENDER_TOKEN_SHA256",
                        "PASS_ISSUER_URL", "PUSH_SENDER_URL", "DEVICE_RATE_PER_ADDRESS", "PASS_EVENTS",
                    ]
                case .bridge:
                    [
                        "ADMIN_TOKEN_SHA256", "PASS_ISSUER_TOKEN_SHA256", "GOOGLE_WALLET_URL", "GOOGLE_SAVE_URL",
                        "GOOGLE_KEYS_URL", "GOOGLE_CA_FILE", "CALLBACK_BASE_URL", "ASSET_BASE_URL",
                        "GOOGLE_RATE_PER_SECOND", "MAX_CLASS_VARIANTS", "OPERATION_RETENTION_SECONDS",
                        "EVENT_RETENTION_SECONDS", "RECONCILE_INTERVAL_SECONDS", "CALLBACK_RATE_PER_ADDRESS",
                    ]
                case .push: []
                }
            return all + (name.hasPublicListener ? listening : []) + required(by: name) + own
        }
    }
}
