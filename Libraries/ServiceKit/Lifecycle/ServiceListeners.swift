import HTTPServer
import HTTPTypes
import Tracing

/// The listeners of a process, each with its access log and metrics.
struct ServiceListeners: Sendable {
    private let servers: [(name: String, server: HTTPServer)]

    init(
        settings: CommonSettings, publicRoutes: Routes?, internalRoutes: Routes, logger: Logger, metrics: Metrics,
        tracer: Tracer
    ) {
        let instruments = RequestInstruments(metrics: metrics)
        var servers: [(String, HTTPServer)] = []
        func add(_ configuration: HTTPServerConfiguration, _ routes: Routes, _ tracer: Tracer) {
            let name = configuration.name
            servers.append(
                (
                    name,
                    HTTPServer(
                        configuration: configuration, routes: routes, tracer: tracer,
                        onCompletion: { record in
                            instruments.count(record, listener: name)
                            ServerSteps.tell(record, listener: name)
                            AccessLog.write(record, listener: name, to: logger)
                        },
                        onError: { error, head in AccessLog.write(error, of: head, to: logger) })
                ))
        }
        if let listener = settings.publicListener {
            add(Self.configuration(ofPublic: listener, settings), publicRoutes ?? Routes(), tracer.forStrangers)
        }
        add(Self.configuration(ofInternal: settings), internalRoutes, tracer)
        self.servers = servers
        instruments.watch(servers, metrics)
    }

    /// Binds every listener.
    func start(logger: Logger) throws {
        for (name, server) in servers {
            try server.start()
            logger.info("Listening.", ["listener": name, "port": String(server.port)])
        }
    }

    /// Refuses new connections on all of them at once, and returns when the last request has ended.
    func stop(deadline: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            for (_, server) in servers {
                group.addTask { await server.stop(deadline: deadline) }
            }
        }
    }

    private static func configuration(
        ofPublic listener: CommonSettings.Listener, _ settings: CommonSettings
    ) -> HTTPServerConfiguration {
        HTTPServerConfiguration(
            name: "public", address: listener.address, port: listener.port,
            maximumConnections: settings.maximumConnections,
            maximumConnectionsPerAddress: settings.maximumConnectionsPerAddress,
            trustedProxies: settings.trustedProxies, htmlProblems: true)
    }

    /// Its callers are few and known: one address may have all connections.
    private static func configuration(ofInternal settings: CommonSettings) -> HTTPServerConfiguration {
        HTTPServerConfiguration(
            name: "internal", address: settings.internalListener.address, port: settings.internalListener.port,
            maximumConnections: settings.maximumConnections,
            maximumConnectionsPerAddress: settings.maximumConnections)
    }
}
