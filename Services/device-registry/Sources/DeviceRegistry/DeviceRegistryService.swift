import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import PassEventTelling
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
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql),
        Migration(
            file: "V0002__events_activity_and_push_delivery",
            sql: PackageResources.V0002__events_activity_and_push_delivery_sql),
        Migration(file: "V0007__event_notices", sql: PackageResources.V0007__event_notices_sql),
        Migration(file: "V0008__erasures_and_audit", sql: PackageResources.V0008__erasures_and_audit_sql),
        Migration(file: "V0009__erasures_in_turn", sql: PackageResources.V0009__erasures_in_turn_sql),
        Migration(file: "V0010__audit_log_in_order", sql: PackageResources.V0010__audit_log_in_order_sql),
        Migration(file: "V0011__changes_in_place", sql: PackageResources.V0011__changes_in_place_sql),
        Migration(file: "V0012__registrations_together", sql: PackageResources.V0012__registrations_together_sql),
        Migration(
            file: "V0013__forgotten_tokens_by_position", sql: PackageResources.V0013__forgotten_tokens_by_position_sql),
    ]
    /// Its interface.
    public static let openAPIDocument = PackageResources.openapi_json
    /// Where phones come.
    public static let publicPort: Int? = 8082
    /// Where the other services and the admin come.
    public static let internalPort = 9082

    private let configuration: Configuration
    private let webService: WebServiceRoutes
    private let personalization: PersonalizationRoutes
    private let internalCalls: InternalRoutes
    private let retention: Retention
    private let delivery: PushDelivery
    private let recorder: PassEventRecorder
    private let activityCount: ActivityCount
    private let telling: EventTelling<PassEventNotice>
    private let erasing: Erasing
    private let audit: AuditTrail

    /// Makes the service.
    public init(configuration: Configuration, runtime: ServiceRuntime) {
        self.configuration = configuration
        let (database, metrics) = (runtime.database, runtime.metrics)
        let registrations = RegistrationStore(database: database)
        let pushes = WakeUp()
        let updates = PassUpdateStore(database: database, pushes: pushes)
        let logs = DeviceLogStore(database: database)
        let events = PassEventStore(database: database)
        let activity = ActivityStore(database: database)
        let counts = RegistrationMetrics(metrics)
        let issuer = PassIssuerClient(
            client: runtime.httpClient, baseURL: configuration.passIssuerURL, token: configuration.serviceToken.value,
            logger: runtime.logger)
        let authentication = PassAuthentication(keys: HMACKeyRing(configuration.passTokenKeys))
        recorder = PassEventRecorder(store: events, metrics: metrics, logger: runtime.logger)
        webService = WebServiceRoutes(
            registrations: registrations, counts: counts, logs: logs,
            allowance: LogAllowance(linesPerSecond: configuration.deviceLogLinesPerSecond),
            droppedLines: metrics.counter(
                "wallet_device_log_lines_dropped_total", help: "Lines of phones beyond DEVICE_LOG_LINES_PER_SECOND."),
            issuer: issuer, authentication: authentication, recorder: recorder,
            rate: Self.rateLimit(configuration.deviceRatePerAddress),
            deviceRate: DeviceRate(perSecond: configuration.ratePerDevice), logger: runtime.logger)
        personalization = PersonalizationRoutes(
            issuer: issuer, authentication: authentication, metrics: PersonalizationMetrics(metrics),
            rate: Self.rateLimit(configuration.personalizationRatePerAddress), logger: runtime.logger)
        let pushSender = PushSenderClient(
            client: runtime.httpClient, baseURL: configuration.pushSenderURL, token: configuration.serviceToken.value)
        erasing = Erasing(
            store: ErasureStore(database: database), tokens: ForgottenTokenStore(database: database),
            pushSender: pushSender, grace: configuration.erasureGrace, logger: runtime.logger)
        audit = AuditTrail(
            of: Self.self, runtime, retention: configuration.auditRetention, tokens: configuration.accessTokens)
        internalCalls = InternalRoutes(
            updates: updates, registrations: registrations, counts: counts, devices: DeviceStore(database: database),
            logs: logs, events: events, activity: activity, erasing: erasing)
        retention = Retention(
            updates: updates, logs: logs, events: events, updateAge: configuration.updateRetention,
            logAge: configuration.deviceLogRetention, logLines: configuration.deviceLogLines,
            eventAge: configuration.passEventRetention, eventCount: configuration.passEvents, logger: runtime.logger)
        delivery = PushDelivery(
            outbox: OutboxStore(database: database), wakeUp: pushes, pushSender: pushSender, logger: runtime.logger,
            metrics: PushDeliveryMetrics(metrics), tracer: runtime.tracer)
        activityCount = ActivityCount(activity: activity, logger: runtime.logger)
        let teller = RPCClient(
            client: runtime.httpClient, baseURL: configuration.passIssuerURL, token: configuration.serviceToken.value)
        telling = EventTelling(
            notices: Self.notices(in: database), metrics: metrics, logger: runtime.logger, tracer: runtime.tracer
        ) { _ = try await teller.call(PassIssuerEndpoints.passEvents, body: PassEventNoticesRequest(events: $0)) }
    }

    /// What pass-issuer has not been told of.
    static func notices(in database: PostgresPool) -> EventNoticeStore<PassEventNotice> {
        EventNoticeStore(
            database: database, schema: schema, read: PassEventNotice.init(storedID:kind:serialNumber:at:))
    }

    private static func rateLimit(_ perSecond: Double) -> RateLimit? {
        perSecond > 0 ? RateLimit(perSecond: perSecond, burst: Int(max(1, min(perSecond * 5, 1e9)))) : nil
    }

    /// Apple's web service.
    public func publicRoutes() -> Routes? {
        var routes = Routes()
        webService.add(to: &routes)
        personalization.add(to: &routes)
        return routes
    }

    /// The calls of the other services and the admin.
    public func internalRoutes() -> Routes {
        var routes = Routes(authorize: configuration.accessTokens.authorization)
        internalCalls.add(to: &routes)
        audit.add(to: &routes, readableBy: [.admin])
        return routes
    }

    /// Hands pushes over, tells pass-issuer what happened, writes events down, adds activity up, and forgets what is older than it need be.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await delivery.run() }
            group.addTask { try await recorder.run() }
            group.addTask { try await activityCount.run() }
            group.addTask { try await telling.run() }
            group.addTask { try await erasing.run() }
            group.addTask { try await audit.run() }
            group.addTask { try await retention.run(every: .seconds(600)) }
            try await group.waitForAll()
        }
    }
}
