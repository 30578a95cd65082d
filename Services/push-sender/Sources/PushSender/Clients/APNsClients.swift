import Contracts
import ServiceKit
import Synchronization

/// The clients of a replica, one for each topic that has something to send, kept for as long as its credentials are the same.
actor APNsClients {
    /// Connections that nobody has used for so long are ended; Apple wants them kept for hours or days.
    static let idleLimit = Duration.seconds(86_400)

    private struct Entry {
        let revision: Int
        let client: APNsClient
        var usedAt: ContinuousClock.Instant
    }

    private let settings: APNsClient.Settings
    private let store: CredentialStore
    private let seal: CredentialSeal
    private var entries: [Int: Entry] = [:]

    init(settings: APNsClient.Settings, store: CredentialStore, seal: CredentialSeal) {
        self.settings = settings
        self.store = store
        self.seal = seal
    }

    /// How many there are.
    var count: Int { entries.count }

    /// The client of a topic; nil when its credentials have been replaced since it was looked at.
    func client(for topic: DueTopic) async throws -> APNsClient? {
        if let entry = entries[topic.number], entry.revision == topic.revision {
            entries[topic.number]?.usedAt = .now
            return entry.client
        }
        guard let stored = try await store.credentials(topic.passTypeIdentifier), stored.revision == topic.revision
        else { return nil }
        let client = try APNsClient(try seal.open(stored), for: topic.passTypeIdentifier, settings)
        let old = entries.updateValue(
            Entry(revision: stored.revision, client: client, usedAt: .now), forKey: topic.number)
        await old?.client.shutdown(deadline: .seconds(5))
        return client
    }

    /// Ends the connections of topics whose credentials were deleted, or that have been idle for long.
    /// - Parameter topics: the topics that have credentials.
    func prune(keeping topics: Set<Int>) async {
        let now = ContinuousClock.now
        let gone = entries.filter { !topics.contains($0.key) || now - $0.value.usedAt > Self.idleLimit }
        for (number, entry) in gone {
            entries[number] = nil
            await entry.client.shutdown(deadline: .seconds(5))
        }
    }

    /// Ends all connections.
    func shutdown(deadline: Duration) async {
        let all = entries.values.map(\.client)
        entries = [:]
        await withTaskGroup(of: Void.self) { group in
            for client in all { group.addTask { await client.shutdown(deadline: deadline) } }
        }
    }
}
