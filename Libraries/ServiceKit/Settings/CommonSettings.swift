import Cryptography
import HTTPServer
import HTTPTypes

/// The settings that every service has.
struct CommonSettings: Sendable {
    /// One listener's address.
    struct Listener: Sendable {
        let address: String
        let port: Int
    }

    let databaseURL: Secret<String>
    let databasePoolSize: Int
    let publicListener: Listener?
    let internalListener: Listener
    let trustedProxies: [CIDR]
    let maximumConnections: Int
    let maximumConnectionsPerAddress: Int
    let logLevel: LogLevel
    let logFormat: LogFormat
    let tracing: TracingSettings?
    let shutdownDeadline: Duration

    init(_ settings: inout Settings, publicPort: Int?, internalPort: Int) {
        databaseURL = settings.databaseURL()
        // Told by --help; a process that serves makes no use of it.
        _ = settings.migrationDatabaseURL()
        databasePoolSize = settings.integer(
            "DATABASE_POOL_SIZE", default: 4, in: 1...512, help: "Connections to the database")
        publicListener = publicPort.map { port in
            Listener(
                address: settings.string(
                    "PUBLIC_ADDRESS", default: "0.0.0.0", help: "Where the public listener listens"),
                port: settings.port(
                    "PUBLIC_PORT", default: port, help: "The public listener's port; 0 takes a free one"))
        }
        internalListener = Listener(
            address: settings.string(
                "INTERNAL_ADDRESS", default: "0.0.0.0", help: "Where the internal listener listens"),
            port: settings.port(
                "INTERNAL_PORT", default: internalPort, help: "The internal listener's port; 0 takes a free one"))
        maximumConnections = settings.integer(
            "MAX_CONNECTIONS", default: 4_096, in: 1...1_000_000, help: "Open connections of each listener")
        if publicPort != nil {
            maximumConnectionsPerAddress = settings.integer(
                "MAX_CONNECTIONS_PER_ADDRESS", default: 256, in: 1...1_000_000,
                help: "Open connections of one client address on the public listener")
            trustedProxies = settings.addressBlocks(
                "TRUSTED_PROXIES", help: "Address blocks, comma-separated, whose X-Forwarded-For is believed")
        } else {
            maximumConnectionsPerAddress = maximumConnections
            trustedProxies = []
        }
        logLevel = settings.logLevel()
        logFormat = settings.logFormat()
        tracing = TracingSettings(&settings)
        shutdownDeadline = settings.duration(
            "SHUTDOWN_DEADLINE_SECONDS", default: .seconds(20), in: .zero ... .seconds(3_600),
            help: "How long requests may go on after SIGTERM")
    }
}
