import Contracts
import Postgres

/// Which device has registered which pass, and what changed for it.
struct RegistrationStore: Sendable {
    let database: PostgresPool

    private let reads: StatementBatches<ChangesQuery, ChangedSerialNumbers>
    private let beginnings: StatementBatches<NewRegistration, Bool?>
    private let ends: StatementBatches<Registration, Bool>

    init(database: PostgresPool) {
        self.database = database
        reads = StatementBatches { (queries) throws(PostgresError) in
            try await Self.changes(queries, in: database)
        }
        beginnings = StatementBatches { (registrations) throws(PostgresError) in
            try await Self.register(registrations, in: database)
        }
        ends = StatementBatches { (registrations) throws(PostgresError) in
            try await Self.unregister(registrations, in: database)
        }
    }

    /// Registers a device for a pass or renews its registration; true when it is new.
    func register(
        _ device: DeviceLibraryIdentifier, pushToken: PushToken, for pass: PassReference
    ) async throws(PostgresError) -> Bool {
        let registration = NewRegistration(of: Registration(device: device, pass: pass), pushToken: pushToken)
        if let isNew = try await beginnings(registration) { return isNew }
        // Passes of its type are changing now: it waits for them by itself.
        let rows = try await database.query(
            """
            SELECT registry.register_device(
                \(device.rawValue), \(pushToken.rawValue), \(pass.passTypeIdentifier.rawValue),
                \(pass.serialNumber.rawValue))
            """)
        return try rows.only().decode(Bool.self)
    }

    /// Ends a registration, and the device with its last one; true when there was one.
    func unregister(_ device: DeviceLibraryIdentifier, from pass: PassReference) async throws(PostgresError) -> Bool {
        try await ends(Registration(device: device, pass: pass))
    }

    /// How many devices have registered each of these passes, in their order.
    func installations(
        of serialNumbers: [SerialNumber], passTypeIdentifier: PassTypeIdentifier
    ) async throws(PostgresError) -> [Int] {
        let rows = try await database.query(
            """
            SELECT (SELECT count(*) FROM registry.registrations r
                WHERE r.pass_type_identifier = \(passTypeIdentifier.rawValue) AND r.serial_number = asked.serial_number)
            FROM unnest(\(serialNumbers.map(\.rawValue))) WITH ORDINALITY AS asked (serial_number, position)
            ORDER BY asked.position
            """)
        var counts: [Int] = []
        for row in rows { counts.append(try row.decode(Int.self)) }
        return counts
    }

    /// The device's passes that changed after a tag; all of them without one, or with one that was never given.
    func changes(
        for device: DeviceLibraryIdentifier, passTypeIdentifier: PassTypeIdentifier, since tag: UpdateTag?
    ) async throws(PostgresError) -> ChangedSerialNumbers {
        try await reads(ChangesQuery(device: device, passTypeIdentifier: passTypeIdentifier, since: tag))
    }

    private static func changes(
        _ queries: [ChangesQuery], in database: PostgresPool
    ) async throws(PostgresError) -> [ChangedSerialNumbers] {
        // One statement is one snapshot: the clock belongs to the tags that were compared.
        let rows = try await database.query(
            """
            SELECT now.clock, ARRAY(
                SELECT r.serial_number
                FROM registry.registrations r
                LEFT JOIN registry.passes p
                    ON p.pass_type_identifier = r.pass_type_identifier AND p.serial_number = r.serial_number
                WHERE r.device_library_identifier = asked.device AND r.pass_type_identifier = asked.pass_type
                    AND (asked.since IS NULL OR asked.since > now.clock OR greatest(r.tag, p.tag) > asked.since)
                ORDER BY r.serial_number
            )
            FROM unnest(
                \(anyLength: queries.map { $0.device.rawValue }), \(anyLength: queries.map { $0.passTypeIdentifier.rawValue }),
                \(anyLength: queries.map { $0.since?.clock })) WITH ORDINALITY AS asked (device, pass_type, since, position)
            CROSS JOIN LATERAL (
                SELECT coalesce((SELECT t.clock FROM registry.pass_types t
                    WHERE t.pass_type_identifier = asked.pass_type), 0) AS clock OFFSET 0
            ) now
            ORDER BY asked.position
            """)
        var answers: [ChangedSerialNumbers] = []
        answers.reserveCapacity(rows.count)
        for row in rows {
            let (clock, texts) = try row.decode(Int64.self, [String].self)
            let serialNumbers = texts.compactMap(SerialNumber.init(rawValue:))
            guard let lastUpdated = UpdateTag(clock: clock), serialNumbers.count == texts.count else {
                throw .decoding(column: "*", expected: "a clock from 0 and serial numbers", found: "something else")
            }
            answers.append(ChangedSerialNumbers(serialNumbers: serialNumbers, lastUpdated: lastUpdated))
        }
        return answers
    }
}

/// What a device asks: its passes of a type that changed after a tag.
private struct ChangesQuery: Sendable {
    let device: DeviceLibraryIdentifier
    let passTypeIdentifier: PassTypeIdentifier
    let since: UpdateTag?
}
