import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Passes whose contact was erased, in `registry.erased_passes`.
struct ErasureStore: Sendable {
    let database: PostgresPool

    /// Registrations that may go, of one pass.
    private struct Due {
        let pass: ErasedPass
        let devices: [String]
        /// When each was renewed last; one that is renewed meanwhile stays.
        let renewedAt: [Instant]
    }

    /// Takes down that passes are erased; those that stand here already stay as they are.
    func add(_ passes: [ErasedPass], at now: Instant) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO registry.erased_passes (pass_type_identifier, serial_number, asked_at)
            SELECT DISTINCT n.pass_type, n.serial, \(now)
            FROM unnest(\(passes.map(\.passTypeIdentifier.rawValue)), \(passes.map(\.serialNumber.rawValue)))
                AS n (pass_type, serial)
            ON CONFLICT (pass_type_identifier, serial_number) DO NOTHING
            """)
    }

    /// What is left of passes.
    func rest(of passes: [ErasedPass]) async throws(PostgresError) -> RegistryErasuresAnswer {
        let rows = try await database.query(
            """
            WITH asked AS (
                SELECT e.is_open, e.noted_through
                FROM unnest(\(passes.map(\.passTypeIdentifier.rawValue)), \(passes.map(\.serialNumber.rawValue)))
                    AS n (pass_type, serial)
                JOIN registry.erased_passes e
                    ON e.pass_type_identifier = n.pass_type AND e.serial_number = n.serial
            )
            SELECT (SELECT count(*) FROM asked a WHERE a.is_open),
                (SELECT count(*) FROM registry.forgotten_tokens t
                 WHERE t.position <= (SELECT max(a.noted_through) FROM asked a))
            """)
        let (open, tokens) = try rows.only().decode(Int.self, Int.self)
        return RegistryErasuresAnswer(passes: open, pushTokens: tokens)
    }

    /// Ends the registrations of erased passes whose phones have the void pass, or had long enough to fetch it, and
    /// deletes what else is known of passes that no phone has any more.
    /// - Parameters:
    ///   - oldest: registrations from before that go in any case.
    ///   - isWhole: whether passes of which nothing was left are looked at too: a phone may have registered since.
    func sweep(before oldest: Instant, isWhole: Bool) async throws(PostgresError) {
        for due in try await due(before: oldest, isWhole: isWhole) {
            _ = try await database.query(
                """
                SELECT registry.erase_registrations(\(due.pass.passTypeIdentifier.rawValue),
                    \(due.pass.serialNumber.rawValue), \(due.devices), \(due.renewedAt))
                """)
        }
        try await forgetTraces(isWhole: isWhole)
    }

    /// A fetch names no device: so many must have been seen as there are phones with the pass.
    private func due(before oldest: Instant, isWhole: Bool) async throws(PostgresError) -> [Due] {
        let rows = try await database.query(
            """
            SELECT r.pass_type_identifier, r.serial_number,
                array_agg(r.device_library_identifier ORDER BY r.device_library_identifier),
                array_agg(r.renewed_at ORDER BY r.device_library_identifier)
            FROM registry.erased_passes e
            JOIN registry.registrations r
                ON r.pass_type_identifier = e.pass_type_identifier AND r.serial_number = e.serial_number
            WHERE (e.is_open OR \(isWhole)) AND (
                greatest(e.asked_at, r.registered_at) < \(oldest)
                OR (SELECT count(*) FROM registry.pass_events v
                    WHERE v.pass_type_identifier = e.pass_type_identifier AND v.serial_number = e.serial_number
                        AND v.kind IN ('fetched', 'notModified') AND v.at > greatest(e.asked_at, r.registered_at))
                    >= (SELECT count(*) FROM registry.registrations o
                        WHERE o.pass_type_identifier = e.pass_type_identifier AND o.serial_number = e.serial_number))
            GROUP BY r.pass_type_identifier, r.serial_number
            ORDER BY r.pass_type_identifier, r.serial_number LIMIT 500
            """)
        var due: [Due] = []
        for row in rows {
            let (type, serialNumber, devices, renewedAt) = try row.decode(
                String.self, String.self, [String].self, [Instant].self)
            guard let type = PassTypeIdentifier(rawValue: type), let serialNumber = SerialNumber(rawValue: serialNumber)
            else { continue }
            due.append(
                Due(
                    pass: ErasedPass(passTypeIdentifier: type, serialNumber: serialNumber), devices: devices,
                    renewedAt: renewedAt))
        }
        return due
    }

    /// Deletes steps and log lines of erased passes that no phone has, and closes these.
    private func forgetTraces(isWhole: Bool) async throws(PostgresError) {
        try await database.execute(
            """
            WITH gone AS (
                SELECT e.pass_type_identifier, e.serial_number FROM registry.erased_passes e
                WHERE (e.is_open OR \(isWhole)) AND NOT EXISTS (
                    SELECT FROM registry.registrations r
                    WHERE r.pass_type_identifier = e.pass_type_identifier AND r.serial_number = e.serial_number)
            ), steps AS (
                DELETE FROM registry.pass_events v USING gone g
                WHERE v.pass_type_identifier = g.pass_type_identifier AND v.serial_number = g.serial_number
            ), lines AS (
                DELETE FROM registry.device_logs l USING gone g
                WHERE l.pass_type_identifier = g.pass_type_identifier AND l.serial_number = g.serial_number
            )
            UPDATE registry.erased_passes e SET is_open = false,
                noted_through = (SELECT coalesce(max(t.position), 0) FROM registry.forgotten_tokens t)
            FROM gone g
            WHERE e.is_open AND e.pass_type_identifier = g.pass_type_identifier
                AND e.serial_number = g.serial_number
            """)
    }
}
