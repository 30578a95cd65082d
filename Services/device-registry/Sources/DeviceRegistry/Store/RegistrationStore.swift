import Contracts
import Postgres

/// Which device has registered which pass, and what changed for it.
struct RegistrationStore: Sendable {
    let database: PostgresPool

    /// Registers a device for a pass or renews its registration; true when it is new.
    func register(
        _ device: DeviceLibraryIdentifier, pushToken: PushToken, for pass: PassReference
    ) async throws(PostgresError) -> Bool {
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
        let rows = try await database.query(
            """
            SELECT registry.unregister_device(
                \(device.rawValue), \(pass.passTypeIdentifier.rawValue), \(pass.serialNumber.rawValue))
            """)
        return try rows.only().decode(Bool.self)
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
        // One statement is one snapshot: the clock belongs to the tags that were compared.
        let rows = try await database.query(
            """
            WITH now AS (
                SELECT coalesce(
                    (SELECT t.clock FROM registry.pass_types t
                     WHERE t.pass_type_identifier = \(passTypeIdentifier.rawValue)), 0) AS clock,
                    \(tag?.clock)::bigint AS since
            )
            SELECT now.clock, ARRAY(
                SELECT r.serial_number
                FROM registry.registrations r
                LEFT JOIN registry.passes p
                    ON p.pass_type_identifier = r.pass_type_identifier AND p.serial_number = r.serial_number
                WHERE r.device_library_identifier = \(device.rawValue)
                    AND r.pass_type_identifier = \(passTypeIdentifier.rawValue)
                    AND (now.since IS NULL OR now.since > now.clock OR greatest(r.tag, p.tag) > now.since)
                ORDER BY r.serial_number
            )
            FROM now
            """)
        let (clock, texts) = try rows.only().decode(Int64.self, [String].self)
        let serialNumbers = texts.compactMap(SerialNumber.init(rawValue:))
        guard let lastUpdated = UpdateTag(clock: clock), serialNumbers.count == texts.count else {
            throw .decoding(column: "*", expected: "a clock from 0 and serial numbers", found: "something else")
        }
        return ChangedSerialNumbers(serialNumbers: serialNumbers, lastUpdated: lastUpdated)
    }
}
