import Contracts
import HTTPTypes
import JSON
import PassEventTelling
import Postgres
import Support
import Testing

@testable import GoogleBridge

@Suite("What happens at Google is kept for pass-issuer") struct EventNoticeTests {
    @Test("each save and deletion of a pass that we know once, in order, until it was told")
    func notices() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.pool.execute(
                """
                INSERT INTO google.objects (serial_number, object_id, campaign_id, version, campaign_version)
                VALUES ('s-1', 'o-1', 'spring', 1, 1)
                """)
            // By callbacks and by asking, what is written to Google, and what strangers do.
            for (object, kind) in [
                ("o-1", "googleWritten"), ("o-1", "googleSaved"), ("o-1", "googleDeleted"), ("o-2", "googleSaved"),
            ] {
                try await bridge.pool.execute(
                    "INSERT INTO google.events (object_id, kind, detail) VALUES (\(object), \(kind), 'x')")
            }
            let store = GoogleBridgeService.notices(in: bridge.pool)
            let lease = try #require(try await store.take(for: 15))
            let notices = try await store.oldest(10)
            #expect(notices.map { "\($0.notice.kind) \($0.notice.serialNumber)" } == ["saved s-1", "deleted s-1"])
            try await store.told(notices.map(\.position), leasedUntil: lease)
            #expect(try await store.count() == 0)
            #expect(try await store.take(for: 15) == nil)
        }
    }
}
