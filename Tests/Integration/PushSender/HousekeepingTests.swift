import Contracts
import HTTPTypes
import Postgres
import ServiceKit
import Support
import Testing

@testable import PushSender

@Suite("Housekeeping of push-sender") struct HousekeepingTests {
    private func housekeeping(_ sender: PushSenderUnderTest) -> Housekeeping {
        Housekeeping(
            store: HousekeepingStore(database: sender.pool), resultRetention: .seconds(10 * 86_400),
            deliveryRetention: .seconds(3_600), logger: Logger(service: "test", level: .info))
    }

    private func partitions(_ sender: PushSenderUnderTest) async throws -> [String] {
        try await sender.pool.query(
            """
            SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'push.results'::regclass ORDER BY 1
            """
        ).map { try $0.decode(String.self) }
    }

    /// A push whose result is of an instant.
    private func result(_ sender: PushSenderUnderTest, at instant: Instant) async throws {
        try await sender.pool.execute(
            """
            INSERT INTO push.results (topic, token, queued_at, at, attempts, apns_id)
            VALUES (1, '\\x01', \(instant), \(instant), 1, gen_random_uuid())
            """)
    }

    @Test("makes a partition for today and the two days to come, and drops those that are too old with their rows")
    func rolls() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let start = try #require(Instant(rfc3339: "2026-06-30T23:59:00Z"))
            try await result(sender, at: start.adding(seconds: -40 * 86_400))
            try await housekeeping(sender).sweep(at: start)
            #expect(
                try await partitions(sender)
                    == ["results_20260630", "results_20260701", "results_20260702", "results_of_other_days"])
            #expect(try await sender.count("SELECT count(*) FROM push.results") == 0)
            try await result(sender, at: start)
            try await result(sender, at: start.adding(seconds: 86_400))
            #expect(try await sender.count("SELECT count(*) FROM push.results_of_other_days") == 0)
            for day in 1...10 { try await housekeeping(sender).sweep(at: start.adding(seconds: day * 86_400)) }
            #expect(try await sender.count("SELECT count(*) FROM push.results") == 2)
            try await housekeeping(sender).sweep(at: start.adding(seconds: 11 * 86_400))
            #expect(try await sender.count("SELECT count(*) FROM push.results") == 1)
            #expect(try await partitions(sender).first == "results_20260701")
        }
    }

    @Test("leaves results where they are that came before their day had a partition")
    func lateStart() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let now = try #require(Instant(rfc3339: "2026-06-30T12:00:00Z"))
            try await result(sender, at: now)
            try await housekeeping(sender).sweep(at: now)
            #expect(
                try await partitions(sender) == ["results_20260701", "results_20260702", "results_of_other_days"])
            #expect(try await sender.count("SELECT count(*) FROM push.results") == 1)
        }
    }

    @Test("forgets deliveries, however many, that are older than they need be, and nothing else")
    func deliveries() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.pool.execute(
                """
                INSERT INTO push.deliveries (push_id, received_at)
                SELECT 'p' || n, now() - interval '2 hours' + (n / 4500) * interval '90 minutes'
                FROM generate_series(1, 4510) n
                """)
            try await housekeeping(sender).sweep(at: .now())
            #expect(try await sender.count("SELECT count(*) FROM push.deliveries") == 11)
        }
    }

    @Test("gives pushes up, and tells so, that have waited 30 days for credentials")
    func orphans() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let (one, two) = (PushSenderUnderTest.token(1), PushSenderUnderTest.token(2))
            try await sender.putCredentials()
            try await sender.push([one])
            try await sender.push([one, two], passType: "pass.example.orphan")
            try await sender.pool.execute(
                "UPDATE push.jobs SET queued_at = now() - interval '31 days' WHERE token = decode(\(one), 'hex')")
            try await housekeeping(sender).sweep(at: .now())
            #expect(try await sender.topic()["queued"] == 1)
            let orphan = try await sender.topic("pass.example.orphan")
            #expect(orphan["queued"] == 1)
            #expect(orphan["rejected"] == ["NoCredentials": 1])
            let answer = try await sender.call(
                .get, "/rpc/v1/push-tokens/\(one)/events?passTypeIdentifier=pass.example.orphan",
                token: PushSenderUnderTest.issuerToken)
            let last = try #require(answer.json["events"]?.arrayValue?.last)
            #expect(last["kind"] == "pushRejected")
            #expect(last["detail"]?.stringValue?.contains("no credentials") == true)
        }
    }
}
