import Contracts
import HTTPTypes
import Postgres

/// Devices as the admin and the push sender speak of them.
struct DeviceStore: Sendable {
    let database: PostgresPool

    /// A device with its registrations; nil when none is known by this identifier.
    func device(_ identifier: DeviceLibraryIdentifier) async throws(PostgresError) -> DeviceAnswer? {
        let rows = try await database.query(
            """
            SELECT left(d.push_token, 8), r.pass_type_identifier, r.serial_number, r.registered_at
            FROM registry.devices d
            JOIN registry.registrations r ON r.device_library_identifier = d.device_library_identifier
            WHERE d.device_library_identifier = \(identifier.rawValue)
            ORDER BY r.pass_type_identifier, r.serial_number
            """)
        guard let first = rows.first else { return nil }
        var device = DeviceAnswer(
            deviceLibraryIdentifier: identifier, pushToken: try first.decode("left"), registrations: [])
        for row in rows {
            let registeredAt = try row.decode("registered_at", as: PostgresTimestamp.self)
            device.registrations.append(
                DeviceRegistration(
                    passTypeIdentifier: try row.identifier("pass_type_identifier"),
                    serialNumber: try row.identifier("serial_number"),
                    registeredAt: Instant(microseconds: registeredAt.microseconds)))
        }
        return device
    }

    /// The devices that have registered a pass, the newest registrations first.
    func devices(
        with pass: PassReference, limit: Int
    ) async throws(PostgresError) -> [RegisteredDevice] {
        let rows = try await database.query(
            """
            SELECT r.device_library_identifier, d.push_token, r.registered_at
            FROM registry.registrations r
            JOIN registry.devices d ON d.device_library_identifier = r.device_library_identifier
            WHERE r.pass_type_identifier = \(pass.passTypeIdentifier.rawValue)
                AND r.serial_number = \(pass.serialNumber.rawValue)
            ORDER BY r.registered_at DESC, r.device_library_identifier LIMIT \(limit)
            """)
        var devices: [RegisteredDevice] = []
        for row in rows {
            devices.append(
                RegisteredDevice(
                    deviceLibraryIdentifier: try row.identifier("device_library_identifier"),
                    pushToken: PushToken(rawValue: try row.decode("push_token")),
                    registeredAt: try row.decode("registered_at")))
        }
        return devices
    }

    /// Ends the registrations of rejected tokens that were not renewed since; how many they were.
    func remove(_ rejections: [PushTokenRejection]) async throws(PostgresError) -> Int {
        guard !rejections.isEmpty else { return 0 }
        let instants = rejections.map { PostgresTimestamp(microseconds: $0.rejectedAt.microseconds) }
        let rows = try await database.query(
            """
            SELECT registry.remove_rejected(
                \(rejections.map(\.passTypeIdentifier.rawValue)), \(rejections.map(\.pushToken.rawValue)),
                \(instants))
            """)
        return try rows.only().decode(Int.self)
    }
}
