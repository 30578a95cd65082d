/// A private cluster that a test may end with SIGKILL and start again on the same port.
public struct PostgresCrashCluster: Sendable {
    /// The cluster's database with the logins of the four services.
    public let database: TestDatabase

    private let directory: String

    init(directory: String) async throws {
        self.directory = directory
        database = try TestDatabase(settings: try await PostgresScript.hold(directory, durable: true))
    }

    /// Ends the server and each of its backends with SIGKILL; returns when all are gone.
    public func kill() async throws {
        _ = try await PostgresScript.run(["kill", directory])
    }

    /// Starts the server again on the same port; it recovers from its log as after a crash.
    public func restart() async throws {
        let again = try TestDatabase(settings: try await PostgresScript.run(["start", directory]))
        guard again.port == database.port else {
            throw PostgresScript.Failure(description: "port \(database.port) was taken meanwhile")
        }
    }

    /// Stops the server in order, as an operator would.
    public func stop() async throws {
        _ = try await PostgresScript.run(["stop", directory])
    }
}
