import Support

/// One database for the suites of the Postgres library that do not disturb each other.
actor SharedDatabase {
    private static let instance = SharedDatabase()
    private var making: Task<TestDatabase, any Error>?

    static func value() async throws -> TestDatabase { try await instance.database() }

    private func database() async throws -> TestDatabase {
        if let making { return try await making.value }
        let task = Task { try await TestDatabase.make() }
        making = task
        return try await task.value
    }
}
