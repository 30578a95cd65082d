import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Passes whose contact was erased, in `registry.erased_passes`.
struct ErasureStore: Sendable {
    let database: PostgresPool

    /// Takes down that passes are erased, but for those that are somebody's again since; those that stand here already
    /// stay as they are, unless they were emptied once more.
    func add(_ passes: [ErasedPass], at now: Instant) async throws(PostgresError) {
        _ = try await database.query(
            """
            SELECT registry.erase_passes(\(passes.map(\.passTypeIdentifier.rawValue)),
                \(passes.map(\.serialNumber.rawValue)), \(passes.map(\.version)), \(now))
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

    /// Takes erased passes that are due, for a while: no other replica looks at them meanwhile, and a crash gives them
    /// back.
    func take(upTo limit: Int, for seconds: Int) async throws(PostgresError) -> [ErasedPass] {
        let rows = try await database.query(
            """
            WITH due AS (
                SELECT e.pass_type_identifier, e.serial_number FROM registry.erased_passes e
                WHERE e.next_look_at <= now() ORDER BY e.next_look_at LIMIT \(limit) FOR UPDATE SKIP LOCKED
            )
            UPDATE registry.erased_passes e SET next_look_at = now() + \(seconds) * interval '1 second'
            FROM due d WHERE e.pass_type_identifier = d.pass_type_identifier AND e.serial_number = d.serial_number
            RETURNING e.pass_type_identifier, e.serial_number
            """)
        var passes: [ErasedPass] = []
        for row in rows {
            passes.append(
                ErasedPass(
                    passTypeIdentifier: try row.identifier("pass_type_identifier"),
                    serialNumber: try row.identifier("serial_number")))
        }
        return passes
    }

    /// Ends the registrations of an erased pass whose phones have the void pass, or had long enough to fetch it; when
    /// there are none, deletes what else is known of it. Then it is due when there may be more to do.
    /// - Parameter oldest: registrations from before that go in any case.
    func look(at pass: ErasedPass, before oldest: Instant) async throws(PostgresError) {
        _ = try await database.query(
            """
            SELECT registry.look_at_erased_pass(\(pass.passTypeIdentifier.rawValue), \(pass.serialNumber.rawValue),
                \(oldest))
            """)
    }
}
