import Testing

@testable import DeviceRegistry

@Suite("Push tokens to be forgotten") struct ForgottenTokenTests {
    @Test("are taken once each when many phones leave at once")
    func manyAtOnce() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let store = ForgottenTokenStore(database: registry.pool)
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
