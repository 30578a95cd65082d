import CSpawn
import Foundation
import Glibc

/// Runs `Scripts/postgres` of this checkout.
struct PostgresScript: Sendable {
    /// A run that failed, with what it wrote.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs one command to its end and returns the settings that it printed.
    static func run(_ arguments: [String], durable: Bool = true) async throws -> [String: String] {
        try await onThread {
            let output = try Pipe()
            let child = try spawn(arguments, durable: durable, input: nil, output: output)
            let text = output.readToEnd()
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            guard status == 0 else {
                throw Failure(description: "Scripts/postgres \(arguments.joined(separator: " ")): status \(status)")
            }
            return settings(in: text)
        }
    }

    /// Starts a cluster that ends, and is deleted, when this process ends in whatever way: then its input ends.
    static func hold(_ directory: String, durable: Bool) async throws -> [String: String] {
        try await onThread {
            let input = try Pipe()
            let output = try Pipe()
            _ = try spawn(["hold", directory], durable: durable, input: input, output: output)
            // As every service does at its start: a peer that goes away must not end the process that its parts run in.
            signal(SIGPIPE, SIG_IGN)
            let text = output.readToEnd()
            guard text.contains("READY\n") else {
                throw Failure(description: "the private PostgreSQL cluster in \(directory) did not start")
            }
            return settings(in: text)
        }
    }

    private static func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }

    private static func settings(in text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { settings[String(parts[0])] = String(parts[1].dropFirst().dropLast()) }
        }
        return settings
    }

    /// Both ends close in a child's `exec`, so no other child of the tests keeps a cluster alive.
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            // A socket pair takes the flag in the same call that makes it; `pipe2` is not imported.
            let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
            guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
                throw Failure(description: "socketpair: error \(errno)")
            }
            (reading, writing) = (ends[0], ends[1])
        }

        func readToEnd() -> String {
            close(writing)
            defer { close(reading) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(reading, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                bytes += buffer[..<count]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func spawn(
        _ arguments: [String], durable: Bool, input: Pipe?, output: Pipe
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input.reading, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        let script = Checkout.path + "/Scripts/postgres"
        var environment = ProcessInfo.processInfo.environment
        environment["POSTGRES_DURABLE"] = durable ? "yes" : "no"
        var argv = ([script] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for pointer in argv + envp { free(pointer) }
        }
        var child: pid_t = 0
        let status = posix_spawn(&child, script, &actions, nil, &argv, &envp)
        if let input { close(input.reading) }
        guard status == 0 else { throw Failure(description: "\(script): error \(status)") }
        return child
    }
}
