import Contracts
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// A google-bridge whose answers the test decides on; it takes the calls of the contract, and no others.
final class StubBridge: Sendable {
    static let token = "issuer-token"

    private struct State {
        var calls: [String] = []
        var bodies: [String: JSONValue] = [:]
        var content = GoogleContentAnswer(kind: .loyalty)
        var googleClass = GoogleClassAnswer(googleClass: GoogleClassStatus(classId: "1.spring", state: .ready))
        var objectFault: Problem?
        var server: HTTPServer?
    }

    private let state = Mutex(State())

    /// The calls so far, `PUT /rpc/v1/classes/spring`.
    var calls: [String] { state.withLock { $0.calls } }

    /// The newest body that a call brought.
    func body(of call: String) -> JSONValue? { state.withLock { $0.bodies[call] } }

    /// What it says to contents from now on.
    func answer(_ content: GoogleContentAnswer) { state.withLock { $0.content = content } }

    /// What it says of classes from now on.
    func answer(_ googleClass: GoogleClassAnswer) { state.withLock { $0.googleClass = googleClass } }

    /// Why it writes no object from now on; nil when it does.
    func refuseObjects(_ problem: Problem?) { state.withLock { $0.objectFault = problem } }

    /// Starts the listener and gives its base URL.
    func start(port: Int = 0) throws -> String {
        var routes = Routes { (head, _) throws(Problem) in
            guard head.headers["Authorization"] == "Bearer \(Self.token)" else { throw Problem(.unauthorized) }
        }
        routes.serve(GoogleBridgeEndpoints.putIssuer) { [self] request, body in
            note(request, body)
            return NoBody()
        }
        routes.serve(GoogleBridgeEndpoints.deleteIssuer) { [self] request, _ in
            note(request, NoBody())
            return NoBody()
        }
        routes.serve(GoogleBridgeEndpoints.checkIssuer) { [self] request, _ in
            note(request, NoBody())
            return ConfigurationChecks(checks: [ConfigurationCheck(name: "googleToken", state: .ok, detail: "It is.")])
        }
        routes.serve(GoogleBridgeEndpoints.validateContent) { [self] request, body in
            note(request, body)
            return state.withLock { $0.content }
        }
        routes.serve(GoogleBridgeEndpoints.putClass) { [self] request, body in
            note(request, body)
            return state.withLock { $0.googleClass }
        }
        routes.serve(GoogleBridgeEndpoints.getClass) { [self] request, _ in
            note(request, NoBody())
            return state.withLock { $0.googleClass }
        }
        routes.serve(GoogleBridgeEndpoints.putObject) { [self] request, body in
            note(request, body)
            if let fault = state.withLock({ $0.objectFault }) { throw fault }
            let serial = request.parameters["serialNumber"] ?? ""
            return GoogleObjectAnswer(
                objectId: "1.\(serial)", saveUrl: "https://pay.google.com/gp/v/save/\(serial)", mode: .id)
        }
        routes.serve(GoogleBridgeEndpoints.putObjects) { [self] request, body in
            note(request, body)
            if let fault = state.withLock({ $0.objectFault }) { throw fault }
            let serials = body.objects.map(\.serialNumber.rawValue)
            return GoogleObjectsAnswer(
                objectIds: serials.map { "1.\($0)" },
                saveUrl: "https://pay.google.com/gp/v/save/\(serials.joined(separator: "+"))", mode: .id)
        }
        routes.serve(GoogleBridgeEndpoints.preview) { [self] request, body in
            note(request, body)
            return GooglePreviewAnswer(classResource: ["id": "1.spring"], objectResource: ["id": "1.preview"])
        }
        routes.serve(GoogleBridgeEndpoints.patchObjects) { [self] request, body in
            note(request, body)
            return GoogleObjectUpdatesAnswer(accepted: body.objects.count, unchanged: 0)
        }
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "bridge", address: "127.0.0.1", port: port), routes: routes)
        try server.start()
        state.withLock { $0.server = server }
        return "http://127.0.0.1:\(server.port)"
    }

    /// Stops listening: from now on google-bridge is down.
    func stop() async {
        await state.withLock { $0.server }?.stop(deadline: .seconds(1))
    }

    private func note(_ request: HTTPRequest, _ body: some Encodable) {
        let call = "\(request.method.rawValue) /\(request.segments.joined(separator: "/"))"
        let value = try? JSON.encodeToValue(body)
        state.withLock {
            $0.calls.append(call)
            $0.bodies[call] = value
        }
    }
}
