import Cryptography
import Foundation
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

/// The simulated Google Wallet as a program of its own.
@Suite struct GoogleWalletProgramTests {
    /// A run of it, with what it said of itself.
    private struct Run {
        let child: ChildProcess
        let url: String
        let control: String
    }

    private static func start(in directory: TestDirectory, _ more: String...) async throws -> Run {
        let output = directory.path("output")
        try? FileManager.default.removeItem(atPath: output)  // Of the run before.
        let child = try await ChildProcess.start(
            [
                try ServiceProcess.executable("google-wallet"), "--port", "0", "--control-port", "0",
                "--service-account", directory.path("account.json"), "--journal", directory.path("journal"),
            ] + more, outputTo: output)
        func value(_ name: String) throws -> String? {
            let text = String(decoding: try directory.bytes("output"), as: UTF8.self)
            return text.split(separator: "\n").first { $0.hasPrefix(name) && $0.contains("http") }
                .map { $0.dropFirst(name.count).trimmingCharacters(in: .whitespaces) }
        }
        try await eventually("the program to say where it is") { try value("control") != nil }
        return Run(
            child: child, url: try #require(try value("REST interface")), control: try #require(try value("control")))
    }

    /// Inserts a class with a token that the key file gets; returns the status.
    private static func insert(_ id: String, _ run: Run, _ directory: TestDirectory, _ client: HTTPClient) async throws
        -> Int
    {
        let key = try ServiceAccountKey(file: try JSON.parse(try directory.bytes("account.json")))
        #expect(key.tokenURI == run.url + "/token")
        let token = try await key.accessToken(client)
        let body: JSONValue = ["id": .string(id)]
        return try await client.send(
            HTTPClientRequest(
                method: .post, url: "\(run.url)/walletobjects/v1/genericClass",
                headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
                body: body.serialized())
        ).status.rawValue
    }

    @Test("makes a key file that works, knows after a kill what it had answered, and ends in order at SIGTERM")
    func lives() async throws {
        let directory = try TestDirectory()
        let client = HTTPClient()
        defer { client.shutdown() }
        let id = "3388000000000000001.spring"
        let first = try await Self.start(in: directory)
        #expect(try await Self.insert(id, first, directory, client) == 200)
        let mode = try FileManager.default.attributesOfItem(atPath: directory.path("account.json"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        first.child.send(SIGKILL)
        await first.child.wait()

        // On another port: the key file follows.
        let second = try await Self.start(in: directory, "--calls-per-second", "0", "--spelling", "current")
        #expect(try await Self.insert(id, second, directory, client) == 409)
        let settings = try await client.send(HTTPClientRequest(url: second.control + "settings"))
        #expect(try JSON.parse(settings.body)["callsPerSecond"] == 0)
        #expect(try JSON.parse(settings.body)["legacySpelling"] == false)
        second.child.send(SIGTERM)
        #expect(await second.child.wait() == 0)
    }

    @Test("says how it is used, and refuses what it does not understand")
    func explains() async throws {
        let program = try ServiceProcess.executable("google-wallet")
        let help = try await Program.run([program, "--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("--service-account FILE"))
        for arguments in [["--port"], ["--port", "70000"], ["--images", "maybe"], ["--colour", "red"], ["serve"]] {
            let outcome = try await Program.run([program] + arguments)
            #expect(outcome.status == 64, "\(arguments)")
            #expect(outcome.output.hasPrefix("google-wallet: "))
        }
        let busy = try await Program.run([program, "--address", "192.0.2.1"])
        #expect(busy.status == 1)
    }
}
