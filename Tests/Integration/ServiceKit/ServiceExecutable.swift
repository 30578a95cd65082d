import Foundation
import Glibc
import HTTPClient
import Support

/// A built service as a process, with what it writes; killed with its last holder.
final class ServiceExecutable: Sendable {
    struct Failure: Error, CustomStringConvertible { let description: String }

    private let process: ChildProcess
    private let directory: TestDirectory
    private let client = HTTPClient()

    /// Starts it with these settings and no other environment.
    init(_ name: String, _ arguments: [String] = [], _ settings: [String: String]) async throws {
        directory = try TestDirectory()
        let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process = try await ChildProcess.start(
            [tests.deletingLastPathComponent().appending(path: name).path] + arguments,
            environment: ["PATH": "/usr/bin:/bin"].merging(settings) { $1 }, outputTo: directory.path("output"))
    }

    deinit {
        process.send(SIGKILL)
    }

    /// Settings on a free port for a database, with all that push-sender requires.
    static func settings(_ url: String) -> [String: String] {
        [
            "DATABASE_URL": url, "INTERNAL_ADDRESS": "127.0.0.1", "INTERNAL_PORT": "0", "SERVICE_TOKEN": "token",
            "MASTER_KEYS": "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ]
    }

    /// What it has written until now.
    var output: String {
        // Before its first word there is no file.
        String(decoding: (try? directory.bytes("output")) ?? [], as: UTF8.self)
    }

    /// Its log lines, each of which must be a JSON object of texts.
    func logLines() throws -> [[String: String]] {
        // The last line may still be on its way.
        try output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String] else {
                throw Failure(description: "no log line: \(line)")
            }
            return object
        }
    }

    func send(_ signal: Int32) {
        process.send(signal)
    }

    /// Waits for its end and gives its status; what it wrote is complete then.
    func end() async throws -> Int32 {
        let deadline = Task {
            try await Task.sleep(for: .seconds(30))
            process.send(SIGKILL)
        }
        defer { deadline.cancel() }
        return await process.wait()
    }

    /// Where a listener listens, once it does.
    func url(_ listener: String = "internal") async throws -> String {
        try await eventually("the \(listener) listener") {
            let line = try? self.logLines().first { $0["message"] == "Listening." && $0["listener"] == listener }
            return line.flatMap { $0["port"] }.map { "http://127.0.0.1:\($0)" }
        }
    }

    func get(_ path: String, on listener: String = "internal") async throws -> HTTPClientResponse {
        try await client.send(HTTPClientRequest(url: try await url(listener) + path, deadline: .seconds(20)))
    }

    /// Asks until the service answers a readiness of this status, and gives the answer's text.
    func readiness(_ status: Int) async throws -> String {
        try await eventually("readiness \(status)") {
            let response = try await self.get("/readyz")
            return response.status.rawValue == status ? String(decoding: response.body, as: UTF8.self) : nil
        }
    }

    private func eventually<Value: Sendable>(
        _ what: String, _ condition: @Sendable () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let value = try await condition() { return value }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(description: "\(what) did not come; it wrote:\n\(output)")
    }
}
