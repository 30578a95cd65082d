import CSpawn
import Foundation
import Glibc
import Synchronization

/// A program that the tests start; when they end, in whatever way, it ends too.
public final class ChildProcess: Sendable {
    /// The process' number.
    public let processIdentifier: Int32

    private struct State {
        var status: Int32?
        var waiting: [CheckedContinuation<Int32, Never>] = []
    }

    private let state: Mutex<State>

    private init(processIdentifier: Int32) {
        self.processIdentifier = processIdentifier
        state = Mutex(State())
    }

    /// Starts a program; its output and its errors are added to a file.
    ///
    /// - Parameter environment: the whole environment; nil for that of the tests.
    public static func start(
        _ arguments: [String], environment: [String: String]? = nil, outputTo path: String
    ) async throws -> ChildProcess {
        try await withCheckedThrowingContinuation { continuation in
            // The kernel kills the child when the thread that made it ends, so that thread waits for the child.
            Thread.detachNewThread {
                let child = Result {
                    ChildProcess(processIdentifier: try spawn(arguments, environment: environment, outputTo: path))
                }
                continuation.resume(with: child)
                if case .success(let child) = child { child.reap() }
            }
        }
    }

    /// Whether it has not ended.
    public var isRunning: Bool { state.withLock { $0.status == nil } }

    /// Sends a signal unless the process has ended.
    public func send(_ signal: Int32) {
        state.withLock { state in
            // Until its status is taken, the number belongs to no other process.
            if state.status == nil { _ = kill(processIdentifier, signal) }
        }
    }

    /// Waits for the end; the exit status, or 128 and the number of the signal that ended it.
    @discardableResult public func wait() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status = state.withLock { state in
                if state.status == nil { state.waiting.append(continuation) }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    private func reap() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(processIdentifier), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        let (status, waiting) = state.withLock { state in
            var status: Int32 = 0
            while waitpid(processIdentifier, &status, 0) < 0, errno == EINTR {}
            let hasExited = status & 0x7F == 0
            let outcome = hasExited ? status >> 8 & 0xFF : 128 + status & 0x7F
            state.status = outcome
            defer { state.waiting = [] }
            return (outcome, state.waiting)
        }
        for continuation in waiting { continuation.resume(returning: status) }
    }

    private static func spawn(
        _ arguments: [String], environment: [String: String]?, outputTo path: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        let environment = environment ?? ProcessInfo.processInfo.environment
        var argv = (["setpriv", "--pdeathsig", "KILL"] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child = pid_t()
        let code = posix_spawnp(&child, "setpriv", &actions, nil, &argv, &envp)
        guard code == 0 else {
            throw ProgramFailure(
                description: "\(arguments.first ?? "") cannot be run: \(String(cString: strerror(code)))")
        }
        return child
    }
}
