import Glibc
import HTTPClient
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("The executables apns and http2-load") struct APNsExecutableTests {
        /// The simulator as a process.
        private final class Simulator: Sendable {
            let process: ChildProcess
            let port: String
            let control: String
            private let directory: TestDirectory

            init(_ options: String...) async throws {
                let authority = try await PassAuthority.shared()
                let directory = try TestDirectory()
                let process = try await ChildProcess.start(
                    [
                        try ServiceProcess.executable("apns"), "--certificate", authority.path("server.pem"), "--key",
                        authority.path("server.key.pem"), "--client-ca", authority.path("root.pem"), "--client-ca",
                        authority.path("intermediate.pem"), "--port", "0", "--control-port", "0",
                    ] + options, outputTo: directory.path("log"))
                var lines: [Substring] = []
                try await eventually("the simulator's addresses") {
                    let text = String(decoding: (try? directory.bytes("log")) ?? [], as: UTF8.self)
                    lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                    return lines.count == 2
                }
                self.process = process
                self.directory = directory
                port = try #require(Self.address("apns https://127.0.0.1:", in: lines[0]))
                control = "http://127.0.0.1:" + (try #require(Self.address("control http://127.0.0.1:", in: lines[1])))
            }

            deinit {
                process.send(SIGKILL)
            }

            private static func address(_ prefix: String, in line: Substring) -> String? {
                line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
            }
        }

        @Test("takes a push from curl, keeps it for the phone, and ends with 0 at SIGTERM")
        func push() async throws {
            let simulator = try await Simulator()
            let files = try await PassAuthority.shared()
            let token = String(repeating: "5a", count: 32)
            let output = try await Program.succeed([
                "curl", "-sS", "--http2", "--max-time", "20", "--cacert", files.path("root.pem"), "--cert",
                files.path("pass.pem"), "--key", files.path("pass.key.pem"), "-H",
                "apns-topic: \(PassAuthority.passType)", "-d", "{}", "-w", "%{http_code} %{http_version}",
                "https://localhost:\(simulator.port)/3/device/\(token)",
            ])
            #expect(output == "200 2")
            let http = HTTPClient()
            let answer = try await http.send(
                HTTPClientRequest(url: "\(simulator.control)/devices/\(token)/pushes?after=0&waitSeconds=20"))
            #expect(try JSON.parse(answer.body)["pushes"]?[0]?["payload"]?.stringValue == "{}")
            http.shutdown()
            simulator.process.send(SIGTERM)
            #expect(await simulator.process.wait() == 0)
        }

        @Test("takes 200,000 pushes on one connection, and the client's memory stays as it is")
        func memory() async throws {
            let simulator = try await Simulator("--sink")
            let files = try await PassAuthority.shared()
            let output = try await Program.succeed([
                try ServiceProcess.executable("http2-load"), "--port", simulator.port, "--ca", files.path("root.pem"),
                "--requests", "200000",
            ])
            let figures = Dictionary(
                uniqueKeysWithValues: output.split(whereSeparator: \.isWhitespace).compactMap { word in
                    let parts = word.split(separator: "=")
                    return parts.count == 2 ? (String(parts[0]), Double(parts[1]) ?? -1) : nil
                })
            #expect(figures["failed"] == 0)
            let early = try #require(figures["resident_early_kb"])
            let late = try #require(figures["resident_late_kb"])
            #expect(early > 0)
            #expect(late - early < 4_096, "\(early) kB became \(late) kB")
        }

        @Test("says how it is used, and what is wrong")
        func usage() async throws {
            let program = try ServiceProcess.executable("apns")
            let help = try await Program.run([program, "--help"])
            #expect(help.status == 0)
            #expect(help.output.contains("--client-ca FILE"))
            for (arguments, words) in [
                ([], "--certificate and --key are needed"), (["--port", "x"], "--port takes a number"),
                (["--certificate", "/nowhere"], "/nowhere can't be read"), (["--what"], "unknown option --what"),
            ] {
                let outcome = try await Program.run([program] + arguments)
                #expect(outcome.status == 64)
                #expect(outcome.output.contains(words))
            }
        }
    }
}
