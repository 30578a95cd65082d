import HTTPTypes
import Postgres
import ServiceKit

/// What pass-issuer has not been told of: `event_notices` and `event_teller` of a service's own schema.
public struct EventNoticeStore<Notice: Sendable>: Sendable {
    /// Makes a notice of its stored id, kind and serial number; nil when one of them is none.
    public typealias Reader = @Sendable (String, String, String, Instant) -> Notice?

    private let database: PostgresPool
    private let schema: String
    private let read: Reader

    /// The notices of a schema.
    public init(database: PostgresPool, schema: String, read: @escaping Reader) {
        self.database = database
        self.schema = schema
        self.read = read
    }

    /// Takes the right to tell notices for a while, so that they are told in their order; a crash gives it back.
    /// - Returns: until when; nil while another replica has it, and when there is nothing to tell.
    public func take(for seconds: Int) async throws(PostgresError) -> Instant? {
        try await database.query(
            """
            UPDATE \(identifier: schema).event_teller SET leased_until = clock_timestamp() + \(seconds) * interval '1 second'
            WHERE leased_until <= clock_timestamp() AND EXISTS (SELECT FROM \(identifier: schema).event_notices)
            RETURNING leased_until
            """
        ).first?.decode(Instant.self)
    }

    /// The oldest notices, by their positions.
    public func oldest(_ limit: Int) async throws(PostgresError) -> [(position: Int64, notice: Notice)] {
        let rows = try await database.query(
            """
            SELECT position, event_id::text, kind, serial_number, at FROM \(identifier: schema).event_notices
            ORDER BY position LIMIT \(limit)
            """)
        var notices: [(position: Int64, notice: Notice)] = []
        for row in rows {
            let (position, id, kind, serialNumber, at) = try row.decode(
                Int64.self, String.self, String.self, String.self, Instant.self)
            guard let notice = read(id, kind, serialNumber, at) else {
                throw .decoding(column: "kind", expected: "a notice", found: "something else")
            }
            notices.append((position, notice))
        }
        return notices
    }

    /// Removes notices that pass-issuer has, and lets anybody tell the next.
    public func told(_ positions: [Int64], leasedUntil lease: Instant) async throws(PostgresError) {
        try await database.execute(
            """
            WITH gone AS (DELETE FROM \(identifier: schema).event_notices WHERE position = ANY (\(positions)))
            UPDATE \(identifier: schema).event_teller SET leased_until = '-infinity', failures = 0 WHERE leased_until = \(lease)
            """)
    }

    /// Has nobody tell anything for a while, longer with each failure in a row: half a second, doubled, a minute at most.
    /// - Parameter jitter: a share of chance, 0.5…1.
    public func failed(leasedUntil lease: Instant, jitter: Double) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE \(identifier: schema).event_teller SET failures = failures + 1, leased_until = clock_timestamp()
                + least(60, 0.5 * power(2, least(failures, 20))) * \(jitter) * interval '1 second'
            WHERE leased_until = \(lease)
            """)
    }

    /// How many notices wait.
    public func count() async throws(PostgresError) -> Int {
        try await database.query("SELECT count(*) FROM \(identifier: schema).event_notices").only().decode(Int.self)
    }
}
