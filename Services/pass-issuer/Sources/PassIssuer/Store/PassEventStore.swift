import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Steps in the lives of passes, in `issuer.pass_events`.
struct PassEventStore: Sendable {
    let database: PostgresPool

    /// Writes steps down.
    func insert(_ events: [StoredPassEvent]) async throws(PostgresError) {
        try await database.execute(Self.insertion(of: events))
    }

    /// Writes steps down together with what led to them.
    func insert(_ events: [StoredPassEvent], in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(Self.insertion(of: events))
    }

    /// The newest steps of a pass, oldest first.
    func events(of serialNumber: SerialNumber, limit: Int) async throws(PostgresError) -> [PassEvent] {
        let rows = try await database.query(
            """
            SELECT at, kind, detail FROM issuer.pass_events WHERE serial_number = \(serialNumber)
            ORDER BY at DESC LIMIT \(limit)
            """)
        var events: [PassEvent] = []
        for row in rows.reversed() {
            let (at, kind, detail) = try row.decode(Instant.self, PassEventKind.self, String.self)
            events.append(PassEvent(at: at, kind: kind, detail: detail))
        }
        return events
    }

    /// Deletes some of the steps that happened before an instant, or that so many newer ones followed; how many.
    func delete(before instant: Instant, keeping count: Int, limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM issuer.pass_events WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM issuer.pass_events WHERE at < \(instant)
                    OR position <= (SELECT last_value FROM issuer.pass_events_position_seq) - \(count)
                LIMIT \(limit)))
            """)
    }

    private static func insertion(of events: [StoredPassEvent]) -> SQL {
        """
        INSERT INTO issuer.pass_events (serial_number, at, kind, detail)
        SELECT * FROM unnest(\(events.map(\.serialNumber))::text[], \(events.map(\.at))::timestamptz[],
            \(events.map(\.kind))::text[], \(events.map(\.detail))::text[])
        """
    }
}
