import Foundation

/// Tools of the system that tests compare with.
enum TestTool {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A path of its own for what tests leave behind.
    static func newDirectory(_ name: String) -> URL {
        URL(filePath: #filePath).appending(path: "../../../../.local/tests/\(name)-\(UUID().uuidString)").standardized
    }

    /// Runs a tool with bytes on its standard input and gives its standard output.
    @discardableResult
    static func run(_ tool: String, _ arguments: [String], input: [UInt8] = []) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try runNow(tool, arguments, input: input) })
            }
        }
    }

    private static func runNow(_ tool: String, _ arguments: [String], input: [UInt8]) throws -> [UInt8] {
        let directory = newDirectory("tool")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // A rest under .local harms nobody.
        let files = ["input", "output", "errors"].map { directory.appending(path: $0) }
        try Data(input).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
            throw Failure(description: "\(tool) \(arguments.joined(separator: " ")): \(errors)")
        }
        return Array(try Data(contentsOf: files[1]))
    }
}
