import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Support
import Testing

@testable import PassIssuer

@Suite struct OutboxTests {
    @Test("a service that is away delays no message to another one")
    func isolation() async throws {
        let registry = try RegistryStub()
        // Nobody listens where push-sender should be.
        try await IssuerUnderTest.run(["DEVICE_REGISTRY_URL": registry.url, "PUSH_SENDER_URL": "http://127.0.0.1:1"]) {
            issuer in
            try await issuer.putActiveCampaign()
            let opened = try await issuer.open(try await issuer.link())
            let serial = try #require(try Package(opened.body).json["serialNumber"]?.stringValue)
            let change: JSONValue = ["voucher": ["points": 11]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", change).status == 200)
            #expect(await eventually { registry.notes.taken.withLock { $0.count } == 1 })
            #expect(try await eventually { try await issuer.count("messages") == 1 })
            let kinds = try await issuer.pool.query("SELECT DISTINCT kind FROM issuer.messages").map {
                try $0.decode(String.self)
            }
            #expect(kinds == ["pushCredentials"])
            let backlog = try await OutboxStore(database: issuer.pool).backlog()
            #expect(backlog[.pushSender]?.count == 1)
            #expect(backlog[.deviceRegistry] == nil)
        }
        await registry.stop()
    }

    @Test("leaves messages alone that a newer release wrote, and one that can't be read holds no other up")
    func unknownMessages() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(["DEVICE_REGISTRY_URL": registry.url]) { issuer in
            try await issuer.pool.execute(
                """
                INSERT INTO issuer.messages (kind, destination, payload) VALUES
                    ('googleClass', 'device-registry', '{}'), ('passesChanged', 'device-registry', '{"odd":1}'),
                    ('passesChanged', 'device-registry',
                        '{"passTypeIdentifier":"pass.example.demo","serialNumbers":["s-1"]}')
                """)
            #expect(await eventually { registry.notes.taken.withLock { $0.count } == 1 })
            #expect(try await eventually { try await issuer.count("messages") == 2 })
            let attempts = try await issuer.pool.query("SELECT kind, attempts FROM issuer.messages ORDER BY id").map {
                try $0.decode(String.self, Int.self)
            }
            #expect(attempts.map(\.0) == ["googleClass", "passesChanged"])
            #expect(attempts[0].1 == 0)
        }
        await registry.stop()
    }

    @Test("the previous release goes on writing and sending through what it knows as the outbox")
    func previousRelease() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            let pool = issuer.pool
            let outbox = OutboxStore(database: pool)
            let passType = try #require(PassTypeIdentifier(rawValue: "pass.a"))
            try await pool.transaction { try await outbox.put(.pushCredentials(passType), in: $0) }
            // The statements are those of version 1's code.
            let payload = #"{"passTypeIdentifier":"pass.example.demo","serialNumbers":["s-1"]}"#
            try await pool.execute(
                """
                WITH changed AS (SELECT 1) INSERT INTO issuer.outbox (kind, payload)
                SELECT 'passesChanged', \(payload)::text::json FROM changed WHERE true
                """)
            let taken = try await pool.query(
                """
                UPDATE issuer.outbox SET next_attempt_at = now() + 15 * interval '1 second', attempts = attempts + 1
                WHERE id IN (SELECT id FROM issuer.outbox WHERE next_attempt_at <= now()
                    ORDER BY next_attempt_at, id LIMIT 64 FOR UPDATE SKIP LOCKED)
                RETURNING id, message_id::text, payload, attempts
                """)
            let (id, _, _, attempts) = try #require(taken.first).decode(
                Int.self, UpdateID.self, JSONValue.self, Int.self)
            #expect(taken.count == 1 && attempts == 1)
            try await pool.execute(
                """
                UPDATE issuer.outbox SET next_attempt_at = now() - 5 * interval '1 millisecond', last_error = 'x'
                WHERE id = \(id)
                """)
            let lane = OutboxLane(destination: .deviceRegistry, isBulk: false)
            let message = try #require(try await outbox.lease(upTo: 8, of: lane, for: 15).first)
            #expect(message.id == id && message.attempts == 2)
            #expect(try await pool.execute("DELETE FROM issuer.outbox WHERE id = \(id)") == 1)
        }
    }

    @Test("a replica that lost its lease neither removes nor delays the message that another one took")
    func lostLease() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            let outbox = OutboxStore(database: issuer.pool)
            let passType = try #require(PassTypeIdentifier(rawValue: "pass.example.demo"))
            let lane = OutboxLane(destination: .pushSender, isBulk: false)
            let put = { try await issuer.pool.transaction { try await outbox.put(.pushCredentials(passType), in: $0) } }
            try await put()
            let first = try #require(try await outbox.lease(upTo: 1, of: lane, for: 0).first)
            try await put()
            try await issuer.pool.execute("UPDATE issuer.messages SET next_attempt_at = now()")
            let second = try #require(try await outbox.lease(upTo: 1, of: lane, for: 15).first)
            #expect(second.revision > first.revision && second.id == first.id)
            try await outbox.delivered(first)
            try await outbox.failed(first, reason: "late", retryAfterMilliseconds: 0)
            #expect(try await outbox.lease(upTo: 1, of: lane, for: 15).isEmpty)
            try await outbox.delivered(second)
            #expect(try await issuer.count("messages") == 0)
        }
    }
}
