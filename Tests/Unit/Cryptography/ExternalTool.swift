import Foundation

/// A program of the system, used as the independent judge of what we made.
struct ExternalTool {
    struct Result {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs a program found by `PATH` to its end.
    static func run(
        _ arguments: String..., input: [UInt8] = [], in directory: URL? = nil
    ) throws -> Result {
        try run(arguments, input: input, in: directory)
    }

    /// Runs a program found by `PATH` to its end.
    static func run(_ arguments: [String], input: [UInt8] = [], in directory: URL? = nil) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        // Files instead of pipes: a program that writes much while it reads much can't block.
        let work = try TemporaryDirectory()
        let files = ["in", "out", "err"].map { work.url.appendingPathComponent($0) }
        try Data(input).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: Array(try Data(contentsOf: files[1])),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}

/// A directory that goes with its owner; its name holds spaces, as a user's may.
final class TemporaryDirectory {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("wallet unit \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)  // What is left is in the system's temporary directory.
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }
}
