import CSpawn
import Glibc

/// A program of the system, run to its end.
enum Command {
    /// What a program left behind.
    struct Outcome: Sendable {
        let status: Int32
        /// Standard output and standard error, as they came.
        let output: String
    }

    /// Runs a program found on the PATH; its output goes through the file named, since a pipe could fill up.
    static func run(_ arguments: [String], outputTo path: String) async throws(PhoneRefusal) -> Outcome {
        let process = try spawn(arguments, outputTo: path)
        let status = await wait(for: process)
        return Outcome(status: status, output: String(decoding: try Files.read(path), as: UTF8.self))
    }

    private static func spawn(_ arguments: [String], outputTo path: String) throws(PhoneRefusal) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        vector.append(nil)
        defer { for argument in vector { free(argument) } }
        var process = pid_t()
        let code = posix_spawnp(&process, arguments[0], &actions, nil, vector, environ)
        guard code == 0 else { throw .unusable("cannot run \(arguments[0]): \(String(cString: strerror(code)))") }
        return process
    }

    // Waiting blocks, so it gets a thread of its own.
    private static func wait(for process: pid_t) async -> Int32 {
        await withCheckedContinuation { continuation in
            let work = Unmanaged.passRetained(CommandWait(process: process, continuation: continuation))
            var thread = pthread_t()
            if pthread_create(&thread, nil, waitForCommand, work.toOpaque()) == 0 {
                pthread_detach(thread)
            } else {
                work.takeRetainedValue().run()
            }
        }
    }
}

/// A process to wait for, and who waits.
final class CommandWait: Sendable {
    private let process: pid_t
    private let continuation: CheckedContinuation<Int32, Never>

    init(process: pid_t, continuation: CheckedContinuation<Int32, Never>) {
        self.process = process
        self.continuation = continuation
    }

    func run() {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let hasExited = status & 0x7F == 0
        continuation.resume(returning: hasExited ? status >> 8 & 0xFF : 128 + status & 0x7F)
    }
}

private func waitForCommand(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<CommandWait>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
