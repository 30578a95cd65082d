import Cryptography
import HTTPTypes

/// Finds the contact of an erasure. One of which a hash alone is known is looked for among the contacts of all passes: once,
/// and in portions, however many there are.
struct ContactSearching: Sendable {
    let store: ErasureStore
    let secrets: SecretBox
    let contacts: ContactHashes
    /// How many passes are read together.
    var page = 1_000
    /// How many pages a look reads.
    var pages = 10

    /// What is known of a contact.
    enum Finding: Equatable {
        /// Its id.
        case contact(String)
        /// There is none.
        case nobody
        /// The next look goes on, after so many seconds.
        case sought(seconds: Int)
    }

    /// Opens the contact's id, or looks for it.
    func look(for erasure: StoredErasure, at now: Instant) async throws -> Finding {
        if let sealed = erasure.sealedContact {
            let bytes = try secrets.open(sealed, context: StoredErasure.context(of: erasure.id))
            return .contact(String(decoding: bytes, as: UTF8.self))
        }
        guard let hash = erasure.contactHash else { return .nobody }
        var search = erasure.search ?? ContactSearch(beganAt: now)
        for _ in 0..<pages {
            let passes = try await store.contacts(after: search.through, limit: page)
            if let id = passes.lazy.compactMap({ $0.contact }).first(where: { contacts.isHash(hash, of: $0) }) {
                try await store.found(
                    secrets.seal(Array(id.utf8), context: StoredErasure.context(of: erasure.id)), for: erasure.id)
                return .contact(id)
            }
            guard let last = passes.last, passes.count == page else {
                return try await end(search, of: erasure, at: now)
            }
            search.through = last.serialNumber
        }
        try await store.record(search, of: erasure.id)
        return .sought(seconds: 0)
    }

    /// Writers that began before the erasure may have made a pass behind a search: the one that counts begins after them.
    private func end(_ search: ContactSearch, of erasure: StoredErasure, at now: Instant) async throws -> Finding {
        try await store.record(nil, of: erasure.id)
        let settled = erasure.createdAt.adding(seconds: ErasureWork.lastLookSeconds)
        if search.beganAt > settled { return .nobody }
        return .sought(seconds: max(1, settled.wholeSeconds - now.wholeSeconds + 1))
    }
}
