import Contracts
import Postgres

/// Statements that many phones share.
extension RegistrationStore {
    /// Registers devices for passes or renews their registrations, as if one had come after the other; nil for those
    /// whose passes are changing now, which must wait by themselves.
    static func register(
        _ registrations: [NewRegistration], in database: PostgresPool
    ) async throws(PostgresError) -> [Bool?] {
        let asked = registrations.map(\.registration)
        let rows = try await database.query(
            """
            SELECT device, pass_type, serial, is_new FROM registry.register_devices(
                \(anyLength: asked.map(\.device.rawValue)), \(anyLength: registrations.map(\.pushToken.rawValue)),
                \(anyLength: asked.map(\.pass.passTypeIdentifier.rawValue)),
                \(anyLength: asked.map(\.pass.serialNumber.rawValue)))
            """)
        var areNew: [Registration: Bool] = [:]
        for row in rows { areNew[try Registration(row: row)] = try row.decode("is_new", as: Bool.self) }
        // Of several with one device and pass the first may be new; the others renewed it.
        return asked.map { registration in
            let isNew = areNew[registration]
            if isNew == true { areNew[registration] = false }
            return isNew
        }
    }

    /// Ends registrations, and each device with its last one; whether there was one, for each.
    static func unregister(
        _ registrations: [Registration], in database: PostgresPool
    ) async throws(PostgresError) -> [Bool] {
        let rows = try await database.query(
            """
            SELECT device, pass_type, serial FROM registry.unregister_devices(
                \(anyLength: registrations.map(\.device.rawValue)),
                \(anyLength: registrations.map(\.pass.passTypeIdentifier.rawValue)),
                \(anyLength: registrations.map(\.pass.serialNumber.rawValue)))
            """)
        var ended: Set<Registration> = []
        for row in rows { ended.insert(try Registration(row: row)) }
        // Of several with one device and pass the first ended it.
        return registrations.map { ended.remove($0) != nil }
    }
}

extension Registration {
    fileprivate init(row: Row) throws(PostgresError) {
        self.init(
            device: try row.identifier("device"),
            pass: PassReference(
                passTypeIdentifier: try row.identifier("pass_type"), serialNumber: try row.identifier("serial")))
    }
}
