import Contracts
import HTTPTypes
import Postgres

/// The lines that phones reported.
struct DeviceLogStore: Sendable {
    let database: PostgresPool

    /// A report may have as many lines as a body holds, so fewer go together than of what is small.
    private static let reportsTogether = 50
    private let reports: StatementBatches<[DeviceLogLine], Void>

    init(database: PostgresPool) {
        self.database = database
        reports = StatementBatches(maximumInputs: Self.reportsTogether) { (reports) throws(PostgresError) in
            try await Self.append(Array(reports.joined()), in: database)
            return reports.map { _ in }
        }
    }

    /// Adds the lines of a report in their order, but for those about erased passes of which nothing is left.
    func append(_ lines: [DeviceLogLine]) async throws(PostgresError) {
        try await reports(lines)
    }

    private static func append(_ lines: [DeviceLogLine], in database: PostgresPool) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO registry.device_logs (line, kind, pass_type_identifier, serial_number)
            SELECT l.line, l.kind, l.pass_type_identifier, l.serial_number
            FROM unnest(
                \(anyLength: lines.map(\.text)), \(anyLength: lines.map(\.kind.rawValue)),
                \(anyLength: lines.map { $0.passTypeIdentifier?.rawValue }),
                \(anyLength: lines.map { $0.serialNumber?.rawValue })
            ) WITH ORDINALITY AS l (line, kind, pass_type_identifier, serial_number, number)
            WHERE NOT EXISTS (
                SELECT FROM registry.erased_passes p
                WHERE p.pass_type_identifier = l.pass_type_identifier AND p.serial_number = l.serial_number
                    AND NOT p.is_open)
            ORDER BY l.number
            """)
    }

    /// The newest items, before a position when one is given.
    func items(
        matching filter: DeviceLogFilter, before position: Int64?, limit: Int
    ) async throws(PostgresError) -> [StoredLogItem] {
        let type = filter.passTypeIdentifier?.rawValue
        let serialNumber = filter.serialNumber?.rawValue
        let kind = filter.kind?.rawValue
        let rows = try await database.query(
            """
            SELECT l.position, l.at, l.line, l.kind, l.pass_type_identifier, l.serial_number
            FROM registry.device_logs l
            WHERE (\(type)::text IS NULL OR l.pass_type_identifier = \(type))
                AND (\(serialNumber)::text IS NULL OR l.serial_number = \(serialNumber))
                AND (\(kind)::text IS NULL OR l.kind = \(kind))
                AND (\(position)::bigint IS NULL OR l.position < \(position))
            ORDER BY l.position DESC LIMIT \(limit)
            """)
        var items: [StoredLogItem] = []
        for row in rows { items.append(try Self.item(row)) }
        return items
    }

    private static func item(_ row: Row) throws(PostgresError) -> StoredLogItem {
        let (position, at, line, word, type, serialNumber) = try row.decode(
            Int64.self, PostgresTimestamp.self, String.self, String.self, String?.self, String?.self)
        // A later release may have stored a kind that this one does not know.
        let kind = DeviceLogKind(rawValue: word) ?? .other
        let item = DeviceLogItem(
            at: Instant(microseconds: at.microseconds), line: line, kind: kind, meaning: kind.meaning,
            remedy: kind.remedy, passTypeIdentifier: type.flatMap(PassTypeIdentifier.init(rawValue:)),
            serialNumber: serialNumber.flatMap(SerialNumber.init(rawValue:)))
        return StoredLogItem(position: position, item: item)
    }

    /// Forgets some lines older than an instant, or beyond so many of the newest; how many they were.
    func forget(olderThan instant: Instant, keeping newest: Int, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM registry.device_logs WHERE position IN (
                SELECT l.position FROM registry.device_logs l
                WHERE l.at < \(PostgresTimestamp(microseconds: instant.microseconds))
                    OR l.position <= (SELECT max(m.position) FROM registry.device_logs m) - \(newest)
                ORDER BY l.position LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }
}
