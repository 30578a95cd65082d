import HTTPTypes
import ServiceKit
import Testing

@testable import DeviceRegistry

@Suite struct RetentionTests {
    private func retention(_ registry: RegistryUnderTest, logLines: Int) -> Retention {
        Retention(
            updates: PassUpdateStore(database: registry.pool), logs: DeviceLogStore(database: registry.pool),
            events: PassEventStore(database: registry.pool), updateAge: .seconds(3_600), logAge: .seconds(60),
            logLines: logLines,
            eventAge: .seconds(60), eventCount: 1_000,
            logger: Logger(service: "test", level: .error))
    }

    @Test("forgets updates and lines that are older than they need be, however many, and nothing else")
    func forgetsOldRows() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                """
                INSERT INTO registry.pass_updates (update_id, pass_type_identifier, applied_at)
                SELECT 'u' || n, 'pass.x', now() - interval '2 hours' + (n / 4500) * interval '90 minutes'
                FROM generate_series(1, 4510) n
                """)
            try await registry.execute(
                """
                INSERT INTO registry.device_logs (line, kind, at)
                SELECT 'line', 'other', now() - interval '2 minutes' + (n / 4500) * interval '90 seconds'
                FROM generate_series(1, 4510) n
                """)
            try await retention(registry, logLines: 1_000).sweep(at: .now())
            #expect(try await registry.rows("pass_updates") == 11)
            #expect(try await registry.rows("device_logs") == 11)
        }
    }

    @Test("keeps only so many lines, the newest ones")
    func keepsNewestLines() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                "INSERT INTO registry.device_logs (line, kind) SELECT n::text, 'other' FROM generate_series(1, 30) n")
            try await retention(registry, logLines: 10).sweep(at: .now())
            #expect(try await registry.rows("device_logs") == 10)
            #expect(try await registry.count("SELECT min(line::bigint) FROM registry.device_logs") == 21)
        }
    }

    @Test("forgets steps of passes that are too old or too many, the oldest first")
    func forgetsEvents() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                """
                INSERT INTO registry.pass_events (at, kind, pass_type_identifier, serial_number, tag)
                SELECT now() - interval '2 minutes' + (n / 4500) * interval '90 seconds', 'fetched', 'pass.x', 's', n
                FROM generate_series(1, 4510) n
                """)
            try await retention(registry, logLines: 1_000).sweep(at: .now())
            #expect(try await registry.rows("pass_events") == 11)
            try await registry.execute(
                """
                INSERT INTO registry.pass_events (kind, pass_type_identifier, serial_number, tag)
                SELECT 'fetched', 'pass.x', 's', 4510 + n FROM generate_series(1, 1500) n
                """)
            try await retention(registry, logLines: 1_000).sweep(at: .now())
            #expect(try await registry.rows("pass_events") == 1_000)
            #expect(try await registry.count("SELECT min(tag) FROM registry.pass_events") == 5_011)
        }
    }
}
