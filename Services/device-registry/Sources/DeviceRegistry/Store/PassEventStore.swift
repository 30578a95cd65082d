import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// The steps of passes on devices.
struct PassEventStore: Sendable {
    let database: PostgresPool

    /// Adds events in their order, but for those of erased passes of which nothing is left.
    func append(_ events: [RecordedPassEvent]) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO registry.pass_events
                (at, kind, pass_type_identifier, serial_number, device_library_identifier, tag)
            SELECT e.at, e.kind, e.pass_type_identifier, e.serial_number, e.device_library_identifier, e.tag
            FROM unnest(
                \(events.map(\.at)), \(events.map(\.kind.rawValue)),
                \(events.map(\.pass.passTypeIdentifier.rawValue)), \(events.map(\.pass.serialNumber.rawValue)),
                \(events.map { $0.device?.rawValue }), \(events.map(\.tag))
            ) WITH ORDINALITY
                AS e (at, kind, pass_type_identifier, serial_number, device_library_identifier, tag, number)
            WHERE NOT EXISTS (
                SELECT FROM registry.erased_passes p
                WHERE p.pass_type_identifier = e.pass_type_identifier AND p.serial_number = e.serial_number
                    AND NOT p.is_open)
            ORDER BY e.number
            """)
    }

    /// The newest events of a pass, in no order that a reader may rely on.
    func events(of pass: PassReference, limit: Int) async throws(PostgresError) -> [RecordedPassEvent] {
        let rows = try await database.query(
            """
            SELECT e.at, e.kind, e.device_library_identifier, e.tag
            FROM registry.pass_events e
            WHERE e.pass_type_identifier = \(pass.passTypeIdentifier.rawValue)
                AND e.serial_number = \(pass.serialNumber.rawValue)
            ORDER BY e.position DESC LIMIT \(limit)
            """)
        var events: [RecordedPassEvent] = []
        for row in rows {
            let (at, word, device, tag) = try row.decode(Instant.self, String.self, String?.self, Int64?.self)
            // A later release may have stored a kind that this one does not know.
            guard let kind = RecordedPassEvent.Kind(rawValue: word) else { continue }
            events.append(
                RecordedPassEvent(
                    at: at, kind: kind, pass: pass, device: device.flatMap(DeviceLibraryIdentifier.init(rawValue:)),
                    tag: tag))
        }
        return events
    }

    /// Forgets some of the oldest events: those before an instant, or beyond so many of the newest; how many they were.
    func forget(olderThan instant: Instant, keeping newest: Int, atMost count: Int) async throws(PostgresError) -> Int {
        // Looks at the oldest rows alone: they were written about in the order of their times.
        try await database.execute(
            """
            DELETE FROM registry.pass_events WHERE position IN (
                SELECT o.position FROM (
                    SELECT e.position, e.at FROM registry.pass_events e
                    ORDER BY e.position LIMIT \(count) FOR UPDATE SKIP LOCKED
                ) o
                WHERE o.at < \(instant)
                    OR o.position <= (SELECT max(m.position) FROM registry.pass_events m) - \(newest))
            """)
    }
}
