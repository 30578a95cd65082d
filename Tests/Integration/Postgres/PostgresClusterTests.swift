import Support
import Testing

@Suite("Private clusters")
struct PostgresClusterTests {
    @Test("gives each suite a database of its own on one cluster")
    func separateDatabases() async throws {
        let first = try await TestDatabase.make()
        let second = try await TestDatabase.make()
        #expect(first.port == second.port)
        #expect(first.superuserURL != second.superuserURL)
        for login in PostgresLogin.allCases {
            #expect(first.ownerURL(for: login) != second.ownerURL(for: login))
        }
    }

    @Test("starts again on its port after every process of it was killed")
    func restartAfterKill() async throws {
        let cluster = try await TestDatabase.crashCluster()
        try await cluster.kill()
        try await cluster.restart()
        try await cluster.stop()
    }
}
