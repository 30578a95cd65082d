import Glibc
import Support

/// A server that runs as a process beside the tests and ends with its holder.
final class ServerProcess: Sendable {
    struct Failure: Error, CustomStringConvertible { let description: String }

    private let process: ChildProcess
    private let directory: TestDirectory

    init(_ arguments: [String]) async throws {
        directory = try TestDirectory()
        process = try await ChildProcess.start(arguments, outputTo: directory.path("output"))
    }

    deinit {
        process.send(SIGKILL)
    }

    /// Waits for a line that it writes.
    func firstLine(where isWanted: (Substring) -> Bool) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(30)
        var text = ""
        while ContinuousClock.now < deadline {
            // Before its first word there is no file.
            text = String(decoding: (try? directory.bytes("output")) ?? [], as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: isWanted) { return String(line) }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw ServerProcess.Failure(description: "the server did not start: \(text)")
    }
}
