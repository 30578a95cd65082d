import HTTP2
import HTTPServer
import HTTPTypes

/// A simulated Apple Push Notification service: real HTTP/2 over TLS, and the refusals of the real one.
public final class APNsSimulator: Sendable {
    private let server: HTTP2Server
    private let control: HTTPServer?
    private let gateway: Gateway

    /// Makes a simulator; faulty PEM is an error here.
    public init(configuration: APNsSimulatorConfiguration) throws {
        let gateway = try Gateway(configuration)
        self.gateway = gateway
        let authorities = configuration.clientAuthorities
        let server = try HTTP2Server(
            configuration: HTTP2ServerConfiguration(
                address: configuration.address, port: configuration.port, identity: configuration.identity,
                clientCertificates: configuration.refusesCertificatesInHandshake
                    ? .verified(authorities: authorities) : .asked(authorities: authorities),
                maximumConcurrentStreams: configuration.maximumConcurrentStreams,
                maximumConcurrentStreamsWithoutCertificate: configuration.isSink ? nil : 1,
                resetAllowance: configuration.resetAllowance),
            handler: { gateway.receive($0, $1) })
        self.server = server
        control = configuration.controlPort.map { port in
            HTTPServer(
                configuration: HTTPServerConfiguration(
                    name: "control", address: configuration.address, port: port,
                    maximumConnectionsPerAddress: 4_096, maximumConcurrentRequests: 4_096,
                    bodyTimeout: .seconds(120)),
                routes: ControlRoutes(gateway: gateway, server: server).routes)
        }
    }

    /// Begins to serve.
    public func start() throws {
        try server.start()
        try control?.start()
    }

    /// Ends both listeners.
    public func stop(deadline: Duration = .seconds(2)) async {
        await server.stop(deadline: deadline)
        await control?.stop(deadline: .seconds(1))
    }

    /// The port for providers.
    public var port: Int { server.port }

    /// The port of the control interface; nil without one.
    public var controlPort: Int? { control?.port }

    /// What was counted.
    public var counters: APNsCounters { gateway.counters(server) }

    /// Has pushes handled as a step says; steps of one token come in the order in which they were added.
    public func script(_ step: APNsScriptStep) {
        gateway.state.withLock { $0.scripts.add(step) }
    }

    /// Forgets the steps for a token, or all steps.
    public func removeScripts(token: String? = nil) {
        gateway.state.withLock { $0.scripts.remove(token: token) }
    }

    /// Gives a device token out, for one topic or for any.
    public func mintToken(topic: String? = nil) -> String {
        gateway.state.withLock { $0.devices.mint(topic: topic).digits }
    }

    /// A device token is not valid any more: pushes to it are answered 410 with this time.
    public func removeToken(_ token: String, at time: Instant) {
        guard let token = DeviceToken(token) else { return }
        gateway.state.withLock { $0.devices.remove(token, at: time) }
    }

    /// The newest pushes that came after a number, one for each token and topic, in their order.
    public func pushes(after sequence: Int = 0, limit: Int = .max) -> [APNsPush] {
        gateway.state.withLock { $0.store.pushes(after: sequence, limit: limit) }
    }

    /// The newest pushes for a token that came after a number, waiting for one if there is none.
    public func pushes(for token: String, after sequence: Int = 0, within duration: Duration) async -> [APNsPush] {
        await gateway.pushes(for: token, after: sequence, within: duration)
    }

    /// Refuses all pushes for a reason, or none any more.
    public func setOutage(_ reason: APNsReason?) {
        gateway.state.withLock { $0.outage = reason }
    }

    /// Tells all connections, and later ones that show a provider token, how many requests they may have at once.
    public func setMaximumConcurrentStreams(_ count: Int) {
        gateway.state.withLock { $0.maximumConcurrentStreams = count }
        server.setMaximumConcurrentStreams(count)
    }

    /// Ends all connections with GOAWAY and a reason; pushes that were taken are still answered.
    public func goAway(_ reason: APNsReason = .shutdown) {
        gateway.goAway(server, reason)
    }

    /// Ends all connections without a word.
    public func dropConnections() {
        for connection in server.connections { connection.drop() }
    }
}
