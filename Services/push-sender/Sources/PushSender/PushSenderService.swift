import Cryptography
import HTTPServer
import Postgres
import ServiceKit

/// Tells phones through Apple's push service that passes have changed.
public struct PushSenderService: Service {
    /// The executable's name.
    public static let name = "push-sender"
    /// What it does.
    public static let summary = "sends pushes through Apple's service, from a durable queue"
    /// Its schema.
    public static let schema = "push"
    /// Its migrations; a file that has landed is never edited.
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql),
        Migration(file: "V0002__queue", sql: PackageResources.V0002__queue_sql),
        Migration(file: "V0003__queue_functions", sql: PackageResources.V0003__queue_functions_sql),
        Migration(file: "V0004__one_way_to_a_push", sql: PackageResources.V0004__one_way_to_a_push_sql),
        Migration(file: "V0005__audit", sql: PackageResources.V0005__audit_sql),
        Migration(file: "V0006__audit_log_in_order", sql: PackageResources.V0006__audit_log_in_order_sql),
        Migration(file: "V0007__due_topics_by_index", sql: PackageResources.V0007__due_topics_by_index_sql),
        Migration(file: "V0008__due_by_index", sql: PackageResources.V0008__due_by_index_sql),
    ]
    /// It makes and drops partitions, a day's each.
    public static let ownerFunctions = ["push.roll_results(date, date)"]
    /// Its interface.
    public static let openAPIDocument = PackageResources.openapi_json
    /// None: phones and Google have no business here.
    public static let publicPort: Int? = nil
    /// Where the other services and the admin come.
    public static let internalPort = 9084
    /// What an operator may start beside the service itself.
    public static let commands = [KeyRotation.command]

    private let configuration: Configuration
    private let runtime: ServiceRuntime
    private let queue: QueueStore
    private let topics: TopicStore
    private let credentials: CredentialStore
    private let seal: CredentialSeal
    private let apns: APNsClient.Settings
    private let wakeUp = WakeUp()
    private let windows = SendingWindows()

    /// Makes the service.
    public init(configuration: Configuration, runtime: ServiceRuntime) {
        self.configuration = configuration
        self.runtime = runtime
        queue = QueueStore(
            database: runtime.database, minimumInterval: configuration.minimumInterval,
            leaseDuration: configuration.leaseDuration)
        topics = TopicStore(database: runtime.database)
        credentials = CredentialStore(database: runtime.database)
        seal = CredentialSeal(secrets: SecretBox(configuration.masterKeys))
        apns = APNsClient.Settings(
            server: configuration.apns, authorities: configuration.apnsAuthorities,
            maximumConnections: configuration.apnsConnections, timeout: configuration.leaseDuration / 2)
    }

    /// The calls of the other services and the admin.
    public func internalRoutes() -> Routes {
        var routes = Routes(authorize: configuration.accessTokens.authorization)
        PushRoutes(queue: queue, wakeUp: wakeUp).add(to: &routes)
        CredentialRoutes(
            editing: CredentialEditing(store: credentials, seal: seal),
            checks: CredentialChecks(store: credentials, seal: seal, settings: apns), wakeUp: wakeUp
        ).add(to: &routes)
        TopicRoutes(store: topics, windows: windows, wakeUp: wakeUp).add(to: &routes)
        HistoryRoutes(
            store: HistoryStore(database: runtime.database), erasures: TokenErasureStore(database: runtime.database)
        ).add(to: &routes)
        audit.add(to: &routes, readableBy: [.admin])
        return routes
    }

    private var audit: AuditTrail {
        AuditTrail(
            of: Self.self, runtime, retention: configuration.auditRetention, tokens: configuration.accessTokens)
    }

    /// Sends pushes, tells device-registry of dead tokens, and forgets what is older than it need be.
    public func run() async throws {
        let clients = APNsClients(settings: apns, store: credentials, seal: seal)
        let dispatch = PushDispatch(
            topics: topics, credentials: credentials, clients: clients,
            tools: TopicSending.Tools(
                queue: queue, topics: topics, metrics: PushMetrics(runtime.metrics), logger: runtime.logger,
                windows: windows, pushesInFlight: configuration.pushesInFlight, tracer: runtime.tracer),
            wakeUp: wakeUp)
        let rejections = RejectionDelivery(
            store: RejectionStore(database: runtime.database), topics: topics,
            registry: DeviceRegistryClient(
                client: runtime.httpClient, baseURL: configuration.deviceRegistryURL,
                token: configuration.serviceToken.value),
            logger: runtime.logger, metrics: OutboxMetrics(runtime.metrics), tracer: runtime.tracer)
        let housekeeping = Housekeeping(
            store: HousekeepingStore(database: runtime.database), resultRetention: configuration.resultRetention,
            deliveryRetention: configuration.deliveryRetention, logger: runtime.logger)
        let measuring = TopicMeasuring(
            topics: topics, clients: clients, metrics: runtime.metrics, logger: runtime.logger)
        // Before the first result is written down, so that it finds the place of its day.
        await housekeeping.prepare()
        let audit = audit
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await housekeeping.run(every: .seconds(600)) }
            group.addTask { try await dispatch.run() }
            group.addTask { try await rejections.run() }
            group.addTask { try await audit.run() }
            group.addTask { try await measuring.run(every: .seconds(15)) }
            try await group.waitForAll()
        }
    }
}
