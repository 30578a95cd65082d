import Foundation

/// A program run to its end: the independent judge of what we made.
public enum Program {
    /// What a program left behind.
    public struct Outcome: Sendable {
        /// The exit status.
        public let status: Int32
        /// What it wrote, errors included.
        public let output: String
    }

    /// Runs a program found on the PATH, or by its path.
    public static func run(_ arguments: [String], environment: [String: String]? = nil) async throws -> Outcome {
        let directory = try TestDirectory()
        let output = directory.path("output")
        let child = try await ChildProcess.start(arguments, environment: environment, outputTo: output)
        let status = await child.wait()
        return Outcome(status: status, output: String(decoding: try directory.bytes("output"), as: UTF8.self))
    }

    /// Runs a program that must succeed; returns what it wrote.
    @discardableResult public static func succeed(
        _ arguments: [String], environment: [String: String]? = nil
    ) async throws -> String {
        let outcome = try await run(arguments, environment: environment)
        guard outcome.status == 0 else {
            throw ProgramFailure(
                description: "\(arguments.first ?? "") ended with \(outcome.status): \(outcome.output)")
        }
        return outcome.output
    }
}
