import Contracts
import Cryptography
import HTTPServer
import HTTPTypes
import ServiceKit
import Synchronization

/// A push-sender as its contract says: idempotent by the delivery's id, and it refuses what the real one refuses.
final class StubPushSender: Sendable {
    private struct State {
        var deliveries: [PushesRequest] = []
        var repeats = 0
        var forgotten: [PushToken] = []
        var isBroken = false
        var server: HTTPServer?
        var port = 0
    }

    private let state = Mutex(State())

    /// The deliveries in the order of their first arrival.
    var deliveries: [PushesRequest] { state.withLock { $0.deliveries } }

    /// The tokens that were to be forgotten.
    var forgotten: [PushToken] { state.withLock { $0.forgotten } }

    /// How often a delivery came again.
    var repeats: Int { state.withLock { $0.repeats } }

    /// Stores deliveries from now on without answering so, as a process that dies at that moment; or no longer.
    func breakDown(_ isBroken: Bool) { state.withLock { $0.isBroken = isBroken } }

    /// Starts the listener, on the port that it had before, and gives its base URL.
    func start() throws -> String {
        let tokens = AccessTokens(digests: [.deviceRegistry: [SHA256.digest(Array(StubIssuer.token.utf8))]])
        var routes = Routes(authorize: tokens.authorization)
        routes.serve(PushSenderEndpoints.pushes) { [self] _, body in try take(body) }
        routes.serve(PushSenderEndpoints.tokenErasures) { [self] _, body in
            state.withLock { $0.forgotten += body.pushTokens }
            return PushTokenErasuresAnswer(removed: body.pushTokens.count)
        }
        let listener = HTTPServer(
            configuration: HTTPServerConfiguration(
                name: "push-sender", address: "127.0.0.1", port: state.withLock { $0.port }), routes: routes)
        try listener.start()
        state.withLock { state in
            state.server = listener
            state.port = listener.port
        }
        return "http://127.0.0.1:\(listener.port)"
    }

    /// Stops listening.
    func stop() async {
        await state.withLock { $0.server }?.stop(deadline: .seconds(1))
    }

    private func take(_ request: PushesRequest) throws(Problem) -> PushesAnswer {
        guard request.pushTokens.count <= PushesRequest.maximumCount, !request.pushTokens.isEmpty else {
            throw Problem(.unprocessableContent, "There are \(request.pushTokens.count) push tokens.")
        }
        return try state.withLock { (state) throws(Problem) in
            if let known = state.deliveries.first(where: { $0.pushId == request.pushId }) {
                // What comes again under an id must be the same.
                guard known == request else { throw Problem(.conflict, "Another delivery has this id.") }
                state.repeats += 1
            } else {
                state.deliveries.append(request)
            }
            if state.isBroken { throw Problem(.serviceUnavailable) }
            return PushesAnswer(accepted: request.pushTokens.count, coalesced: 0, refused: 0)
        }
    }
}
