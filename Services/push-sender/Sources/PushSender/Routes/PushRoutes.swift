import Contracts
import HTTPServer
import HTTPTypes
import ServiceKit

/// Where device-registry hands in pushes.
struct PushRoutes: Sendable {
    let queue: QueueStore
    /// Told that there is something to send.
    let wakeUp: WakeUp

    /// Adds the calls.
    func add(to routes: inout Routes) {
        routes.serve(PushSenderEndpoints.pushes) { _, body in
            try await translatingErrors { try await enqueue(body) }
        }
    }

    private func enqueue(_ request: PushesRequest) async throws -> PushesAnswer {
        let count = request.pushTokens.count + request.unusableTokens
        guard (1...PushesRequest.maximumCount).contains(count) else {
            throw Problem.fault(
                count == 0
                    ? "There is no push token." : "There are more than \(PushesRequest.maximumCount) push tokens.",
                at: "/pushTokens")
        }
        if let rate = request.ratePerSecond, !(1...1_000_000).contains(rate) {
            throw Problem.fault("ratePerSecond is 1 to 1,000,000.", at: "/ratePerSecond")
        }
        let answer = try await queue.enqueue(
            EnqueuedPushes(
                pushID: request.pushId, passTypeIdentifier: request.passTypeIdentifier,
                pushTokens: request.pushTokens, pace: request.ratePerSecond, refused: request.unusableTokens))
        if answer.accepted > 0 { wakeUp.signal() }
        return answer
    }
}
