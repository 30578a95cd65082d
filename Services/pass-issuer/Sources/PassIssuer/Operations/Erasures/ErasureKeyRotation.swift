import Cryptography

/// Seals the contacts' ids of running erasures anew.
struct ErasureKeyRotation: Sendable {
    let store: ErasureStore
    let secrets: SecretBox

    /// Seals every id under the first of the master keys; how many were under another key.
    func run() async throws -> Int {
        var (rotated, after) = (0, 0)
        while true {
            let page = try await store.sealedContacts(after: after, limit: 100)
            for erasure in page {
                guard let old = erasure.sealedContact, secrets.needsRotation(old) else { continue }
                let context = StoredErasure.context(of: erasure.id)
                let resealed = secrets.seal(try secrets.open(old, context: context), context: context)
                rotated += try await store.reseal(erasure, as: resealed) ? 1 : 0
            }
            guard let last = page.last else { return rotated }
            after = last.number
        }
    }
}
