import Testing

@testable import DeviceRegistry

@Suite("Push tokens to be forgotten") struct ForgottenTokenTests {
    /// Were the queue gone through for each of them, it would take several minutes.
    @Test(
        "go soon when many phones leave at once, though plans were made while nobody did", .timeLimit(.minutes(1)))
    func manyAtOnce() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let store = ForgottenTokenStore(database: registry.pool)
            try await registry.execute("VACUUM ANALYZE registry.forgotten_tokens")
            // After five executions PostgreSQL keeps a plan for any values.
            for _ in 0..<20 {
                #expect(try await store.lease(upTo: 1_000, for: 15).isEmpty)
                try await store.failed([-1], retryAfterSeconds: 1)
                try await store.forgotten([-1])
            }
            try await registry.execute(
                """
                INSERT INTO registry.forgotten_tokens (push_token, next_attempt_at)
                SELECT encode(sha256(n::text::bytea), 'hex'), '-infinity' FROM generate_series(1, 60000) n
                """)
            var tokens: Set<String> = []
            for _ in 0..<60 {
                let leased = try await store.lease(upTo: 1_000, for: 300)
                #expect(leased.count == 1_000)
                tokens.formUnion(leased.map(\.token))
                try await store.forgotten(leased.map(\.position))
            }
            #expect(tokens.count == 60_000)
            #expect(try await registry.rows("forgotten_tokens") == 0)
        }
    }
}
