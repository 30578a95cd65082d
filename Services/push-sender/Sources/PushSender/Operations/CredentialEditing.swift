import Contracts
import Postgres

/// Storing and deleting what APNs is reached with.
struct CredentialEditing: Sendable {
    let store: CredentialStore
    let seal: CredentialSeal

    /// Stores credentials of a pass type; the same ones again leave the connections alone.
    /// - Parameter revision: pass-issuer's count of their changes; older ones than known change nothing.
    /// - Returns: whether there were none before.
    func put(_ content: PushCredentials, of passType: PassTypeIdentifier, revision: Int?) async throws -> Bool {
        // Keys are read before the lock is taken: that is work for the processor, not for the database.
        let credentials = try APNsCredentials(content, for: passType)
        return try await store.database.transaction { transaction in
            let topic = try await store.lock(passType, in: transaction)
            if let revision {
                guard revision >= topic.issuerRevision else { return false }
                try await store.keep(issuerRevision: revision, topic: topic.number, in: transaction)
            }
            // What a lost key sealed is replaced like anything else.
            if let current = topic.credentials, let known = try? seal.open(current), known == content { return false }
            try await store.save(
                credentials, sealed: try seal.seal(content, of: passType), topic: topic.number, in: transaction)
            return topic.credentials == nil
        }
    }

    /// Deletes the credentials of a pass type; that there are none is as good.
    func delete(_ passType: PassTypeIdentifier, revision: Int?) async throws {
        try await store.database.transaction { transaction in
            let topic = try await store.lock(passType, in: transaction)
            if let revision {
                guard revision >= topic.issuerRevision else { return }
                try await store.keep(issuerRevision: revision, topic: topic.number, in: transaction)
            }
            guard topic.credentials != nil else { return }
            try await store.delete(topic: topic.number, in: transaction)
        }
    }
}
