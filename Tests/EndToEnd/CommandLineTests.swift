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
                let says = ["required", "default: ", "not set by default"].map { "\n  \(setting)  (\($0)" }
                #expect(says.contains { answer.output.contains($0) }, "\(setting) has no default")
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

        @Test("the tools for files need neither settings nor a database, and say by their status what they found")
        func tools() async throws {
            let work = try TestDirectory()
            let package = try work.write(Array("no package".utf8), to: "a.pkpass")
            let checked = try await Self.run(.issuer, "check", package)
            #expect(checked.status == 1)
            #expect(checked.output.contains("error") && checked.output.contains("1 error, 0 warnings, 0 notes"))
            #expect(try await Self.run(.issuer, "check", work.path("nowhere")).status == 66)
            #expect(try await Self.run(.issuer, "check").status == 64)
            let authority = try work.write(Array("no certificate".utf8), to: "a.pem")
            let explained = try await Self.run(.issuer, "check-certificate", authority)
            #expect(explained.status == 1 && explained.output.contains("neither certificates nor keys"))
            let help = try await Self.run(.issuer, "--help")
            #expect(help.output.contains("check FILE.pkpass") && help.output.contains("check-certificate FILE"))
        }

        @Test(
            "a bomb costs the checker neither memory nor time, an archive inside of archives neither, nor a picture",
            arguments: [
                // 512 MB of zeros that claim to be 10 bytes, 16 MB that are what they claim, and 512 MB that are.
                "archive(10, 1 << 29)", "archive(16 << 20, 16 << 20)", "archive(1 << 29, 1 << 29)",
                "stored({'1.pkpass': archive(1 << 29, 1 << 29)})",
                "stored({'1.pkpass': stored({'1.pkpass': archive(10, 1 << 29)})})",
                "stored({'1.pkpasses': stored({'1.pkpass': stored({'a.zip': archive(1 << 29, 1 << 29)})})})",
                "stored({f'{n}.pkpass': archive(16 << 20, 16 << 20) for n in range(100)})",
                // A picture of 29 times 29 pixels that unpacks to 512 MB.
                "stored({'icon.png': picture(1 << 29)})",
            ])
        func bomb(_ made: String) async throws {
            let work = try TestDirectory()
            let script = """
                import functools, io, resource, struct, subprocess, sys, zipfile, zlib
                @functools.cache
                def packed(size, bits):
                    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
                    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
                def archive(claimed, size):
                    content = packed(size, -15)
                    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(content), claimed, 1, 0)
                    local = struct.pack("<I", 0x04034B50) + common + b"a" + content
                    central = struct.pack("<IH", 0x02014B50, 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
                    return local + central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local), 0)
                def stored(files):
                    buffer = io.BytesIO()
                    with zipfile.ZipFile(buffer, "w") as made:
                        for name, content in files.items(): made.writestr(name, content)
                    return buffer.getvalue()
                def chunk(kind, content):
                    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
                def picture(size):
                    header = struct.pack(">IIBBBBB", 29, 29, 8, 2, 0, 0, 0)
                    return (bytes([0x89]) + b"PNG" + bytes([13, 10, 26, 10]) + chunk(b"IHDR", header)
                        + chunk(b"IDAT", packed(size, 15)) + chunk(b"IEND", b""))
                open(sys.argv[1], "wb").write(\(made))
                status = subprocess.run(
                    [sys.argv[2], "check", sys.argv[1]], stdout=subprocess.DEVNULL, timeout=60).returncode
                assert status == 1, status
                print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
                """
            let output = try await Program.succeed([
                "python3", "-c", script, work.path("bomb.pkpass"), try ServiceProcess.executable("pass-issuer"),
            ])
            let kilobytes = try #require(Int(output.trimmingPrefix(while: { !$0.isNumber }).prefix(while: \.isNumber)))
            #expect(kilobytes < 150_000)
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
                        "PASS_ISSUER_URL", "PUSH_SENDER_URL", "DEVICE_RATE_PER_ADDRESS",
                        "DEVICE_RATE_PER_DEVICE", "PASS_EVENTS",
                    ]
                case .bridge:
                    [
                        "ADMIN_TOKEN_SHA256", "PASS_ISSUER_TOKEN_SHA256", "GOOGLE_WALLET_URL", "GOOGLE_SAVE_URL",
                        "GOOGLE_KEYS_URL", "GOOGLE_CA_FILE", "CALLBACK_BASE_URL", "ASSET_BASE_URL",
                        "GOOGLE_RATE_PER_SECOND", "MAX_CLASS_VARIANTS", "OPERATION_RETENTION_SECONDS",
                        "FAILED_OPERATION_RETENTION_SECONDS", "EVENT_RETENTION_SECONDS",
                        "RECONCILE_INTERVAL_SECONDS", "CALLBACK_RATE_PER_ADDRESS",
                    ]
                case .push: []
                }
            return all + (name.hasPublicListener ? listening : []) + required(by: name) + own
        }
    }
}
