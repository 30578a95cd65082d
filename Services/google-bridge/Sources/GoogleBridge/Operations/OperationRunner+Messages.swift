import GoogleWalletSchema
import JSON

/// Adding messages.
extension OperationRunner {
    /// How many messages a class or object may have at Google.
    static let maximumMessages = 10
    /// How often old messages are taken away for one new one.
    private static let attemptsToMakeRoom = 3

    /// Adds a message once: Google does not compare their ids, so before it is sent again it is looked for.
    func add(_ message: JSONObject, _ operation: LeasedOperation, _ session: inout GoogleSession) async throws {
        if operation.attempt > 1, try await has(message, operation.resource, &session) { return }
        let isObject = operation.resource.id.level == .object
        var message = message
        var notifies = message["messageType"] == "TEXT_AND_NOTIFY"
        if notifies, isObject {
            let earlier = try await objects.notifications(of: operation.resource.id.id)
            notifies = NotificationBudget.allows(after: earlier, at: clock())
        }
        if !notifies { message["messageType"] = "TEXT" }
        do {
            try await send(message, operation.resource, &session)
        } catch let failure as GoogleFailure where notifies && failure.isMessageQuota {
            notifies = false
            message["messageType"] = "TEXT"
            try await send(message, operation.resource, &session)
        }
        if notifies, isObject { try await objects.notified(operation.resource.id.id, at: clock()) }
    }

    private func has(
        _ message: JSONObject, _ resource: WalletResource, _ session: inout GoogleSession
    ) async throws -> Bool {
        let messages = try await messages(of: resource, &session)
        return messages.contains { $0["id"] == message["id"] }
    }

    /// Sends a message; where there are as many as there may be the oldest goes.
    ///
    /// A call of a process that has ended meanwhile may still arrive and take the place: then one more goes.
    private func send(
        _ message: JSONObject, _ resource: WalletResource, _ session: inout GoogleSession
    ) async throws {
        let (level, kind, id) = (resource.id.level, resource.kind, resource.id.id)
        let call = WalletCall.addMessage(level, kind, id: id, message)
        for room in 1...Self.attemptsToMakeRoom {
            do {
                _ = try await session.send(call)
                return
            } catch let failure as GoogleFailure where failure.status == 400 {
                let messages = try await messages(of: resource, &session)
                guard messages.count >= Self.maximumMessages else { throw failure }
                let kept = Array(messages.suffix(Self.maximumMessages - room))
                _ = try await session.send(.patch(level, kind, id: id, ["messages": .array(kept)]))
            }
        }
        _ = try await session.send(call)
    }

    /// The messages that are there, in words that Google takes back: not all that it answers with are.
    private func messages(
        of resource: WalletResource, _ session: inout GoogleSession
    ) async throws -> [JSONValue] {
        let (level, kind) = (resource.id.level, resource.kind)
        let remote = try await session.send(.get(level, kind, id: resource.id.id))
        return GoogleCanonical.canonical(remote, kind, level)["messages"]?.arrayValue ?? []
    }
}
