import Contracts
import Cryptography
import HTTPServer
import Postgres
import ServiceKit

/// Apple's web service: which phones hold which passes, and what changed for them.
public struct DeviceRegistryService: Service {
    /// The executable's name.
    public static let name = "device-registry"
    /// What it does.
    public static let summary = "Apple's web service: registrations, what changed, device logs"
    /// Its schema.
    public static let schema = "registry"
    /// Its migrations; a file that has landed is never edited.
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql)
    ]
    /// Its interface.
    public static let openAPIDocument = PackageResources.openapi_json
    /// Where phones come.
    public static let publicPort: Int? = 8082
    /// Where the other services and the admin come.
    public static let internalPort = 9082

    private let configuration: Configuration
    private let runtime: ServiceRuntime
    private let webService: WebServiceRoutes
    private let internalCalls: InternalRoutes

    /// Makes the service.
    public init(configuration: Configuration, runtime: ServiceRuntime) {
        self.configuration = configuration
        self.runtime = runtime
        let logs = DeviceLogStore(database: runtime.database)
        let rate = configuration.deviceRatePerAddress
        webService = WebServiceRoutes(
            registrations: RegistrationStore(database: runtime.database), logs: logs,
            allowance: LogAllowance(linesPerSecond: configuration.deviceLogLinesPerSecond),
            droppedLines: runtime.metrics.counter(
                "wallet_device_log_lines_dropped_total", help: "Lines of phones beyond DEVICE_LOG_LINES_PER_SECOND."),
            issuer: PassIssuerClient(
                client: runtime.httpClient, baseURL: configuration.passIssuerURL,
                token: configuration.serviceToken.value),
            authentication: PassAuthentication(keys: HMACKeyRing(configuration.passTokenKeys)),
            rate: rate > 0 ? RateLimit(perSecond: rate, burst: Int(max(1, min(rate * 5, 1e9)))) : nil,
            logger: runtime.logger)
        internalCalls = InternalRoutes(
            updates: PassUpdateStore(database: runtime.database),
            registrations: RegistrationStore(database: runtime.database),
            devices: DeviceStore(database: runtime.database), logs: logs)
    }

    /// Apple's web service.
    public func publicRoutes() -> Routes? {
        var routes = Routes()
        webService.add(to: &routes)
        return routes
    }

    /// The calls of the other services and the admin.
    public func internalRoutes() -> Routes {
        var routes = Routes(authorize: configuration.accessTokens.authorization)
        internalCalls.add(to: &routes)
        return routes
    }

    /// Forgets what is older than it need be.
    public func run() async throws {
        try await Retention(
            updates: PassUpdateStore(database: runtime.database), logs: DeviceLogStore(database: runtime.database),
            updateAge: configuration.updateRetention, logAge: configuration.deviceLogRetention,
            logLines: configuration.deviceLogLines, logger: runtime.logger
        ).run(every: .seconds(600))
    }
}
