import Foundation

/// A fresh database with the logins of the four services, on one private cluster that all tests of this process share.
public struct TestDatabase: Sendable {
    /// The URL of the superuser.
    public let superuserURL: String

    /// The port of the cluster on 127.0.0.1.
    public let port: Int

    private let settings: [String: String]
    private let creation: [String]

    /// - Parameter creation: the arguments of `Scripts/postgres` that made it, when it is one of several in its cluster.
    init(settings: [String: String], creation: [String] = []) throws {
        self.creation = creation
        guard let url = settings["SUPERUSER_DATABASE_URL"], let port = settings["POSTGRES_PORT"].flatMap({ Int($0) })
        else { throw PostgresScript.Failure(description: "Scripts/postgres printed no settings") }
        self.settings = settings
        superuserURL = url
        self.port = port
    }

    /// What its server wrote to its log; empty when it cannot be read.
    public var log: Data {
        settings["POSTGRES_DATA"].flatMap { FileManager.default.contents(atPath: "\($0)/server.log") } ?? Data()
    }

    /// The URL of the login that one service runs with, which may read and write rows.
    public func url(for login: PostgresLogin) -> String {
        settings["\(login.rawValue)_DATABASE_URL"] ?? ""
    }

    /// The URL of the login that owns one service's schema and migrates it.
    public func ownerURL(for login: PostgresLogin) -> String {
        settings["\(login.rawValue)_OWNER_DATABASE_URL"] ?? ""
    }

    /// Makes a database of its own for a suite; the first call of the process starts the cluster.
    ///
    /// - Parameter roles: the path of the `roles.sql` of another release.
    public static func make(roles: String? = nil) async throws -> TestDatabase {
        let directory = try await SharedCluster.instance.directory()
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        let creation = ["create", directory, name]
        return try TestDatabase(
            settings: try await PostgresScript.run(creation + (roles.map { [$0] } ?? []), durable: false),
            creation: creation)
    }

    /// Applies this checkout's `roles.sql` to it once more, as an operator does before an update.
    public func updateRoles() async throws {
        _ = try await PostgresScript.run(creation, durable: false)
    }

    /// Starts a cluster of its own, with durability as in production, for a test that ends it with SIGKILL.
    /// - Parameter directory: where it lies; a new place when it is left out.
    public static func crashCluster(in directory: String? = nil) async throws -> PostgresCrashCluster {
        try await PostgresCrashCluster(directory: directory ?? newDirectory())
    }

    static func newDirectory() -> String {
        "\(Checkout.path)/.local/tests/postgres-\(UUID().uuidString.prefix(8))"
    }
}

private actor SharedCluster {
    static let instance = SharedCluster()

    private var starting: Task<String, any Error>?

    func directory() async throws -> String {
        if let starting { return try await starting.value }
        let task = Task {
            let directory = TestDatabase.newDirectory()
            _ = try await PostgresScript.hold(directory, durable: false)
            return directory
        }
        starting = task
        return try await task.value
    }
}
