import Contracts
import Cryptography
import HTTPTypes

/// Begins erasures.
struct ErasureAdministration: Sendable {
    let store: ErasureStore
    let secrets: SecretBox
    let contacts: ContactHashes

    /// Begins to erase a contact; from here on it goes on by itself, whatever ends.
    func begin(_ request: ErasureRequest, requestID: String, at now: Instant) async throws -> StoredErasure {
        guard let id = ErasureID(rawValue: Hex.encode(SecureRandom.bytes(16))) else {
            throw AdministrationError.unknown("erasure")
        }
        switch (request.contactId, request.contactHash) {
        case (let contact?, nil):
            guard (1...256).contains(contact.utf8.count), !contact.contains("\0") else {
                throw AdministrationError.faulty([Self.fault("contactId", "it is a text of 1 to 256 bytes")])
            }
            guard request.erasedAt == nil else {
                throw AdministrationError.faulty([Self.fault("erasedAt", "it belongs to a contactHash alone")])
            }
            try await store.insert(
                id, contactHash: contacts.hash(of: contact),
                contact: secrets.seal(Array(contact.utf8), context: StoredErasure.context(of: id)), erasedAt: now,
                requestID: requestID, at: now)
        case (nil, let hash?):
            guard (1...256).contains(hash.utf8.count), !hash.contains("\0") else {
                throw AdministrationError.faulty([Self.fault("contactHash", "it is that of an earlier erasure")])
            }
            // Answers have no fractions of a second: none of that second's links shall come back.
            let erasedAt = request.erasedAt?.adding(seconds: 1) ?? now
            try await store.insert(
                id, contactHash: hash, contact: nil, erasedAt: min(erasedAt, now), requestID: requestID, at: now)
        case (nil, nil), (_?, _?):
            throw AdministrationError.faulty([Self.fault("contactId", "either it or a contactHash is needed")])
        }
        guard let erasure = try await store.erasure(id) else { throw AdministrationError.unknown("erasure") }
        return erasure
    }

    private static func fault(_ key: String, _ reason: String) -> PassFault {
        PassFault(.root.appending(key), "`\(key)` is refused: \(reason).", "Name one contact.")
    }
}
