import Contracts
import Postgres
import ServiceKit

/// The contact of an erasure, while it is looked for.
extension ErasureStore {
    /// The ids of the contacts of passes behind a serial number, in the order of these; nil of those that have none.
    func contacts(
        after serialNumber: String, limit: Int
    ) async throws(PostgresError) -> [(serialNumber: String, contact: String?)] {
        let rows = try await database.query(
            """
            SELECT serial_number, contact ->> 'id' FROM issuer.passes
            WHERE serial_number > \(serialNumber) ORDER BY serial_number LIMIT \(limit)
            """)
        var contacts: [(serialNumber: String, contact: String?)] = []
        for row in rows {
            let (serialNumber, contact) = try row.decode(String.self, String?.self)
            contacts.append((serialNumber, contact))
        }
        return contacts
    }

    /// Keeps the id that a hash belongs to.
    func found(_ contact: [UInt8], for id: ErasureID) async throws(PostgresError) {
        try await database.execute(
            "UPDATE issuer.erasures SET sealed_contact = \(contact) WHERE id = \(id) AND state = 'running'")
    }

    /// Keeps where the search for the contact of a hash is, for the next look; nil where it is not to go on.
    func record(_ search: ContactSearch?, of id: ErasureID) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE issuer.erasures SET search_began_at = \(search?.beganAt), searched_through = \(search?.through ?? "")
            WHERE id = \(id) AND state = 'running'
            """)
    }

    /// Puts an id that was sealed anew in the place of the old one, unless it was forgotten meanwhile.
    /// - Returns: whether it did.
    func reseal(_ erasure: StoredErasure, as contact: [UInt8]) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE issuer.erasures SET sealed_contact = \(contact)
            WHERE id = \(erasure.id) AND sealed_contact = \(erasure.sealedContact)
            """) == 1
    }
}
