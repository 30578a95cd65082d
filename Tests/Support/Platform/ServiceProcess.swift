import Foundation
import HTTPClient
import HTTPTypes
import Synchronization

/// A built service as a process of its own, which a test may end in any way and start again.
public final class ServiceProcess: Sendable {
    /// The executable's name, `pass-issuer` and so on.
    public let name: String
    /// The internal base URL.
    public let internalURL: String
    /// The public base URL; nil when the service has no public listener.
    public let publicURL: String?
    /// The file with all that it wrote.
    public let logPath: String
    /// The database with the login that owns its schema, for `migrate` alone.
    public let ownerDatabaseURL: String

    private struct State {
        var settings: [String: String]
        var child: ChildProcess?
    }

    private let state: Mutex<State>
    /// The release that its executable is of; nil for this checkout's.
    let release: PreviousRelease?

    /// Describes a process; its ports are put into the settings.
    ///
    /// - Parameters:
    ///   - release: the earlier release that its executable is of; nil for this checkout's.
    ///   - doors: the ports at which others reach it; its own when they are left out.
    public init(
        _ name: String, settings: [String: String], ownerDatabaseURL: String, ports: (public: Int?, internal: Int),
        logPath: String, release: PreviousRelease? = nil, doors: (public: Int?, internal: Int)? = nil
    ) {
        self.name = name
        self.release = release
        self.ownerDatabaseURL = ownerDatabaseURL
        self.logPath = logPath
        var settings = settings
        settings["INTERNAL_ADDRESS"] = "127.0.0.1"
        settings["INTERNAL_PORT"] = String(ports.internal)
        if let port = ports.public {
            settings["PUBLIC_ADDRESS"] = "127.0.0.1"
            settings["PUBLIC_PORT"] = String(port)
        }
        let reached = doors ?? ports
        internalURL = "http://127.0.0.1:\(reached.internal)"
        publicURL = reached.public.map { "http://127.0.0.1:\($0)" }
        state = Mutex(State(settings: settings))
    }

    /// The settings of the next start.
    public var settings: [String: String] { state.withLock { $0.settings } }

    /// Changes settings for the next start; nil takes one away.
    public func change(_ changes: [String: String?]) {
        state.withLock { state in
            for (name, value) in changes { state.settings[name] = value }
        }
    }

    /// The path of a built executable: it lies beside the tests' own.
    public static func executable(_ name: String) throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw ProgramFailure(description: "\(path) is not built: run Scripts/build")
        }
        return path
    }

    /// Starts the process, without waiting until it is ready.
    public func start() async throws {
        let child = try await ChildProcess.start(
            [try executable()], environment: Self.environment(settings), outputTo: logPath)
        state.withLock { $0.child = child }
    }

    /// Runs one command of the service to its end, with its settings.
    public func run(_ arguments: String...) async throws -> Program.Outcome {
        try await Program.run([try executable()] + arguments, environment: Self.environment(settings))
    }

    private func executable() throws -> String { try release?.executable(name) ?? Self.executable(name) }

    /// Applies the migrations, with the owner's login and no other secret; those of this checkout unless told otherwise.
    public func migrate(to release: PreviousRelease? = nil) async throws -> Program.Outcome {
        try await Program.run(
            [try release?.executable(name) ?? Self.executable(name), "migrate"],
            environment: Self.environment(["MIGRATION_DATABASE_URL": ownerDatabaseURL]))
    }

    /// What a process needs beside its settings.
    public static func environment(_ settings: [String: String]) -> [String: String] {
        let own = ProcessInfo.processInfo.environment.filter { ["PATH", "LD_LIBRARY_PATH"].contains($0.key) }
        return settings.merging(own) { setting, _ in setting }
    }

    /// Whether the process runs.
    public var isRunning: Bool { state.withLock { $0.child?.isRunning ?? false } }

    /// The process; nil when it never ran.
    public var processIdentifier: Int32? { state.withLock { $0.child?.processIdentifier } }

    /// Ends the process at once, as a crash of the machine would.
    public func kill() async {
        let child = state.withLock { $0.child }
        child?.send(SIGKILL)
        await child?.wait()
    }

    /// Stops the process where it is; nothing answers until it goes on.
    public func pause() {
        state.withLock { $0.child }?.send(SIGSTOP)
    }

    /// Lets a stopped process go on.
    public func resume() {
        state.withLock { $0.child }?.send(SIGCONT)
    }

    /// Sends the signal of an orderly end, without waiting for it.
    public func askToEnd() {
        state.withLock { $0.child }?.send(SIGTERM)
    }

    /// Ends the process in order; a process that does not is killed. Returns its exit status; nil when it never ran.
    @discardableResult public func terminate(within deadline: Duration = .seconds(30)) async -> Int32? {
        guard let child = state.withLock({ $0.child }) else { return nil }
        child.send(SIGTERM)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Cancelled once the process has ended in time.
                if (try? await Task.sleep(for: deadline)) != nil { child.send(SIGKILL) }
            }
            let status = await child.wait()
            group.cancelAll()
            return status
        }
    }

    /// Ends the process in order, starts it with the present settings, and waits until it is ready.
    public func restart(client: HTTPClient) async throws {
        await terminate()
        try await start()
        try await waitUntilReady(client: client)
    }

    /// Waits until the service can do its work.
    public func waitUntilReady(client: HTTPClient, within deadline: Duration = .seconds(30)) async throws {
        try await eventually(within: deadline, "\(name) to become ready; its log ends:\n\(log.suffix(4_000))") {
            guard isRunning else {
                throw ProgramFailure(description: "\(name) ended; its log ends:\n\(log.suffix(4_000))")
            }
            // Refused connections mean that it does not listen yet.
            let answer = try? await client.send(HTTPClientRequest(url: internalURL + "/readyz"))
            return answer?.status == .ok
        }
    }

    /// What the service wrote, over all its starts.
    public var log: String {
        // Without a file it has not been started.
        (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
    }
}
