import Contracts
import HTTPClient
import HTTPTypes

/// Hands pushes to push-sender.
struct PushSenderClient: Sendable {
    /// How long one call may last.
    static let deadline = Duration.seconds(10)

    private let caller: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        caller = RPCClient(client: client, baseURL: baseURL, token: token, deadline: Self.deadline)
    }

    /// Hands pushes over; once it returns they are stored there.
    func send(_ push: OutboxPush) async throws(RPCError) -> PushesAnswer {
        try await caller.call(
            PushSenderEndpoints.pushes,
            body: PushesRequest(
                pushId: push.pushID, passTypeIdentifier: push.passTypeIdentifier, pushTokens: push.pushTokens))
    }

    /// Has everything forgotten that was queued for tokens before an instant, and what became of it.
    func forget(_ tokens: [PushToken], before instant: Instant) async throws(RPCError) {
        _ = try await caller.call(
            PushSenderEndpoints.tokenErasures, body: PushTokenErasuresRequest(pushTokens: tokens, before: instant))
    }
}
