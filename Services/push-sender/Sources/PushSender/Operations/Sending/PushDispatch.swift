import HTTPTypes
import Postgres
import ServiceKit
import Synchronization

/// Finds the topics that have pushes to send, and lets each be sent beside the others, on every replica at once.
struct PushDispatch: Sendable {
    /// How often it looks without being told.
    static let looking = Duration.milliseconds(500)
    /// How often clients are ended that nobody needs any more.
    static let pruning = Duration.seconds(30)

    let topics: TopicStore
    let credentials: CredentialStore
    let clients: APNsClients
    let tools: TopicSending.Tools
    let wakeUp: WakeUp
    private let active = ActiveTopics()

    init(
        topics: TopicStore, credentials: CredentialStore, clients: APNsClients, tools: TopicSending.Tools,
        wakeUp: WakeUp
    ) {
        self.topics = topics
        self.credentials = credentials
        self.clients = clients
        self.tools = tools
        self.wakeUp = wakeUp
    }

    /// Sends what becomes due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        await withDiscardingTaskGroup { group in
            var pruneAt = ContinuousClock.now + Self.pruning
            while !Task.isCancelled {
                do {
                    let now = Instant.now()
                    for topic in try await topics.due()
                    where !tools.windows.rests(topic, at: now) && active.begin(topic.number) {
                        group.addTask { await send(topic) }
                    }
                    if ContinuousClock.now >= pruneAt {
                        await clients.prune(keeping: try await credentials.topics())
                        pruneAt = ContinuousClock.now + Self.pruning
                    }
                } catch  where !Task.isCancelled {
                    tools.logger.warning("The topics can't be read; it is tried again.", ["error": "\(error)"])
                } catch {
                    break
                }
                await wakeUp.wait(atMost: Self.looking)
            }
        }
        await clients.shutdown(deadline: .seconds(1))
        try Task.checkCancellation()
    }

    private func send(_ topic: DueTopic) async {
        defer { active.end(topic.number) }
        do {
            guard let client = try await clients.client(for: topic) else { return }
            await TopicSending(topic: topic, client: client, tools: tools).run()
        } catch let error as PostgresError {
            guard !Task.isCancelled else { return }
            tools.logger.warning(
                "The credentials of a topic can't be read; it is tried again.",
                ["topic": "\(topic.passTypeIdentifier)", "error": "\(error)"])
        } catch {
            await stop(topic, "\(error)")
        }
    }

    /// What can't be opened or read will not be so the next time either.
    private func stop(_ topic: DueTopic, _ reason: String) async {
        tools.logger.error(
            "A topic is stopped: its credentials can't be used. Its pushes wait.",
            ["topic": "\(topic.passTypeIdentifier)", "reason": reason])
        // Tried again with the next look when it fails.
        _ = try? await tools.topics.stop(topic, reason: reason)
    }
}

/// The topics that are being sent on this replica.
private final class ActiveTopics: Sendable {
    private let numbers = Mutex<Set<Int>>([])

    func begin(_ number: Int) -> Bool { numbers.withLock { $0.insert(number).inserted } }

    func end(_ number: Int) { numbers.withLock { _ = $0.remove(number) } }
}
