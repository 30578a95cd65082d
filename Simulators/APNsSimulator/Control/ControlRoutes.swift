import HTTP2
import HTTPServer
import HTTPTypes

/// The control interface, by which tests and phones reach the simulator over plain HTTP.
struct ControlRoutes {
    /// A poll waits less than servers and clients allow.
    private static let longestWait = 25.0

    let gateway: Gateway
    let server: HTTP2Server

    var routes: Routes {
        var routes = Routes()
        addScripts(to: &routes)
        addPushes(to: &routes)
        addDevices(to: &routes)
        addSettings(to: &routes)
        return routes
    }

    private func addScripts(to routes: inout Routes) {
        routes.on(.post, "/scripts", body: .collected(limit: 1 << 20)) { request in
            var step = try request.decode(APNsScriptStep.self, unknownKeys: .refused)
            step.token = try step.token.map { try Self.token($0).digits }
            gateway.state.withLock { $0.scripts.add(step) }
            return HTTPResponse(.noContent)
        }
        routes.on(.delete, "/scripts") { request in
            gateway.state.withLock { $0.scripts.remove(token: request.query.first("token")) }
            return HTTPResponse(.noContent)
        }
    }

    private func addPushes(to routes: inout Routes) {
        routes.on(.get, "/pushes") { request in
            let after = try Self.number("after", in: request) ?? 0
            let limit = min(try Self.number("limit", in: request) ?? 1_000, 10_000)
            let answer = gateway.state.withLock { state in
                ControlMessages.Pushes(
                    pushes: state.store.pushes(after: after, limit: limit), last: state.store.lastSequence)
            }
            return try .json(answer)
        }
        routes.on(.delete, "/pushes") { _ in
            gateway.state.withLock { $0.store.removeAll() }
            return HTTPResponse(.noContent)
        }
        routes.on(.get, "/counters") { _ in try .json(gateway.counters(server)) }
        routes.on(.get, "/devices/{token}/pushes") { request in
            let token = try Self.token(request.parameter("token"))
            let after = try Self.number("after", in: request) ?? 0
            let wait = min(Double(try Self.number("waitSeconds", in: request) ?? 0), Self.longestWait)
            let pushes = await gateway.pushes(for: token.digits, after: after, within: .seconds(wait))
            let last = gateway.state.withLock { $0.store.lastSequence }
            return try .json(ControlMessages.Pushes(pushes: pushes, last: pushes.last?.sequence ?? min(after, last)))
        }
    }

    private func addDevices(to routes: inout Routes) {
        routes.on(.post, "/devices", body: .collected(limit: 4_096)) { request in
            let wanted = try request.decode(ControlMessages.DeviceRequest.self, unknownKeys: .refused)
            let made = try wanted.token.map { try Self.token($0) }
            let token = gateway.state.withLock { state in
                guard let made else { return state.devices.mint(topic: wanted.topic) }
                state.devices.register(made, topic: wanted.topic)
                return made
            }
            return try .json(ControlMessages.Device(token: token.digits), status: .created)
        }
        routes.on(.delete, "/devices/{token}") { request in
            let token = try Self.token(request.parameter("token"))
            gateway.state.withLock { $0.devices.remove(token, at: gateway.time) }
            return HTTPResponse(.noContent)
        }
    }

    private func addSettings(to routes: inout Routes) {
        routes.on(.patch, "/settings", body: .collected(limit: 4_096)) { request in
            try change(request.decode(ControlMessages.Settings.self, unknownKeys: .refused))
            return HTTPResponse(.noContent)
        }
        routes.on(.post, "/connections/goaway", body: .collected(limit: 4_096)) { request in
            let ending =
                request.body.isEmpty
                ? ControlMessages.Ending() : try request.decode(ControlMessages.Ending.self, unknownKeys: .refused)
            gateway.goAway(server, try Self.reason(ending.reason) ?? .shutdown)
            return HTTPResponse(.noContent)
        }
        routes.on(.post, "/connections/drop", body: .collected(limit: 4_096)) { _ in
            for connection in server.connections { connection.drop() }
            return HTTPResponse(.noContent)
        }
    }

    private func change(_ settings: ControlMessages.Settings) throws(Problem) {
        let outage = try Self.reason(settings.outage)
        gateway.state.withLock { state in
            if let onlyKnown = settings.acceptsKnownTokensOnly { state.devices.onlyKnown = onlyKnown }
            if settings.outage != nil { state.outage = outage }
            if let count = settings.maximumConcurrentStreams { state.maximumConcurrentStreams = count }
        }
        if let count = settings.maximumConcurrentStreams { server.setMaximumConcurrentStreams(count) }
    }

    // MARK: Reading

    private static func token(_ text: String) throws(Problem) -> DeviceToken {
        guard let token = DeviceToken(text) else {
            throw Problem(.unprocessableContent, "A device token is 64 or 160 hexadecimal digits.")
        }
        return token
    }

    private static func number(_ name: String, in request: HTTPRequest) throws(Problem) -> Int? {
        guard let text = request.query.first(name) else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw Problem(.badRequest, "\(name) is a whole number, 0 at least.")
        }
        return number
    }

    private static func reason(_ text: String?) throws(Problem) -> APNsReason? {
        guard let text, !text.isEmpty else { return nil }
        guard let reason = APNsReason(rawValue: text) else {
            throw Problem(.unprocessableContent, "APNs has no such reason.")
        }
        return reason
    }
}
