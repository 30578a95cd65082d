import Contracts
import HTTPServer
import HTTPTypes
import Synchronization

/// A device-registry that remembers what it is told; it refuses what the real one refuses, and what the test wants refused.
final class StubRegistry: Sendable {
    private let told = Mutex<[PushTokenRejection]>([])
    private let isDown = Mutex(false)
    private let server = Mutex<HTTPServer?>(nil)

    /// What was told, in order.
    var rejections: [PushTokenRejection] { told.withLock { $0 } }

    /// Refuses every call from now on, or takes them again.
    func setDown(_ down: Bool) { isDown.withLock { $0 = down } }

    /// Starts the listener and gives its base URL.
    func start() throws -> String {
        var routes = Routes { (head, _) throws(Problem) in
            guard head.headers["Authorization"] == "Bearer \(PushSenderUnderTest.ownToken)" else {
                throw Problem(.unauthorized)
            }
        }
        routes.serve(DeviceRegistryEndpoints.rejections) { [self] _, body in
            if isDown.withLock({ $0 }) { throw Problem(.serviceUnavailable) }
            told.withLock { $0 += body.rejections }
            return RejectionsAnswer(removed: body.rejections.count)
        }
        let listener = HTTPServer(
            configuration: HTTPServerConfiguration(name: "registry", address: "127.0.0.1"), routes: routes)
        try listener.start()
        server.withLock { $0 = listener }
        return "http://127.0.0.1:\(listener.port)"
    }

    /// Stops listening.
    func stop() async {
        await server.withLock { $0 }?.stop(deadline: .seconds(1))
    }
}
