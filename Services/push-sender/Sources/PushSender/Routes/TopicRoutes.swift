import Contracts
import HTTPServer
import HTTPTypes
import ServiceKit

/// Where an admin sees and holds topics.
struct TopicRoutes: Sendable {
    let store: TopicStore
    let windows: SendingWindows
    let wakeUp: WakeUp

    /// Adds the calls.
    func add(to routes: inout Routes) {
        routes.serve(PushSenderEndpoints.listTopics) { request, _ in
            let page = try PageRequest(request.query)
            return try await translatingErrors { try await list(page) }
        }
        routes.serve(PushSenderEndpoints.pauseTopic) { request, _ in
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            return try await translatingErrors {
                guard try await store.pause(passType) else { throw Problem.unknownTopic }
                return try await topic(passType)
            }
        }
        routes.serve(PushSenderEndpoints.resumeTopic) { request, _ in
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            return try await translatingErrors {
                guard let number = try await store.resume(passType) else { throw Problem.unknownTopic }
                windows.forget(number)
                wakeUp.signal()
                return try await topic(passType)
            }
        }
    }

    private func list(_ page: PageRequest) async throws -> Page<Topic> {
        // One more than wanted tells whether there is a next part.
        let found = try await store.topics(after: page.after, limit: page.limit + 1)
        let records = Array(found.prefix(page.limit))
        let hasMore = found.count > page.limit
        return Page(
            items: try await describe(records),
            nextCursor: hasMore ? records.last.map { PageRequest.cursor(after: $0.passTypeIdentifier) } : nil)
    }

    private func topic(_ passType: PassTypeIdentifier) async throws -> Topic {
        guard let record = try await store.topic(passType), let topic = try await describe([record]).first else {
            throw Problem.unknownTopic
        }
        return topic
    }

    private func describe(_ records: [TopicRecord]) async throws -> [Topic] {
        guard !records.isEmpty else { return [] }
        async let queues = store.queues(of: records)
        let tallies = try await store.tallies(of: records)
        let waiting = try await queues
        return records.map {
            $0.described(waiting[$0.number] ?? TopicQueue(), tallies[$0.number] ?? TopicTally())
        }
    }
}
