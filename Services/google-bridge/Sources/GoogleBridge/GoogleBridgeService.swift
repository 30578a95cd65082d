import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import PassEventTelling
import Postgres
import ServiceKit

/// Keeps campaigns' classes and passes' objects at Google Wallet, makes save links, and takes Google's callbacks.
public struct GoogleBridgeService: Service {
    /// The executable's name.
    public static let name = "google-bridge"
    /// What it does.
    public static let summary = "keeps classes and objects at Google Wallet, makes save links, takes callbacks"
    /// Its schema.
    public static let schema = "google"
    /// Its migrations; a file that has landed is never edited.
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql),
        Migration(file: "V0002__issuers_and_callbacks", sql: PackageResources.V0002__issuers_and_callbacks_sql),
        Migration(
            file: "V0003__classes_objects_operations", sql: PackageResources.V0003__classes_objects_operations_sql),
        Migration(file: "V0007__event_notices", sql: PackageResources.V0007__event_notices_sql),
        Migration(file: "V0008__audit", sql: PackageResources.V0008__audit_sql),
        Migration(file: "V0009__messages_in_order", sql: PackageResources.V0009__messages_in_order_sql),
        Migration(file: "V0010__failed_operations", sql: PackageResources.V0010__failed_operations_sql),
        Migration(file: "V0011__audit_log_in_order", sql: PackageResources.V0011__audit_log_in_order_sql),
    ]
    /// Its interface.
    public static let openAPIDocument = PackageResources.openapi_json
    /// Where Google calls back.
    public static let publicPort: Int? = 8083
    /// Where pass-issuer and the admin come.
    public static let internalPort = 9083
    /// What an operator may start by name.
    public static let commands = [KeyRotation.command]

    private let configuration: Configuration
    private let runtime: ServiceRuntime
    private let parts: BridgeParts
    private let clock: @Sendable () -> Instant

    /// Makes the service.
    public init(configuration: Configuration, runtime: ServiceRuntime) {
        self.init(configuration: configuration, runtime: runtime, clock: { .now() })
    }

    /// Makes the service with a clock of the caller's.
    public init(configuration: Configuration, runtime: ServiceRuntime, clock: @escaping @Sendable () -> Instant) {
        self.configuration = configuration
        self.runtime = runtime
        self.clock = clock
        parts = BridgeParts(configuration, runtime, clock: clock)
    }

    /// Google's callbacks.
    public func publicRoutes() -> Routes? {
        var routes = Routes()
        let rate = configuration.callbackRate
        CallbackRoutes(
            receiving: CallbackReceiving(
                issuers: parts.issuers.store, callbacks: CallbackStore(database: runtime.database),
                rootKeys: RootKeySource(
                    client: parts.google, url: configuration.googleKeysURL, logger: runtime.logger, clock: clock),
                metrics: runtime.metrics, clock: clock),
            rate: rate > 0 ? RateLimit(perSecond: rate, burst: Int(max(1, min(rate * 5, 1e9)))) : nil
        ).add(to: &routes)
        return routes
    }

    /// The calls of pass-issuer and the admin.
    public func internalRoutes() -> Routes {
        var routes = Routes(authorize: configuration.accessTokens.authorization)
        IssuerRoutes(
            keeper: parts.issuers,
            checking: IssuerChecking(issuers: parts.issuers, tokens: parts.tokens, wallet: parts.wallet)
        ).add(to: &routes)
        ClassRoutes(writing: parts.classWriting).add(to: &routes)
        ObjectRoutes(
            issuing: ObjectIssuing(
                writing: parts.objectWriting, queue: parts.queue,
                links: SaveLinkMaker(baseURL: configuration.googleSaveURL), clock: clock),
            events: EventStore(database: runtime.database),
            erasing: ObjectErasing(
                writing: parts.objectWriting, store: ObjectErasureStore(database: runtime.database))
        ).add(to: &routes)
        AdministrationRoutes(
            administration: ClassAdministration(writing: parts.classWriting, wallet: parts.wallet),
            objects: ObjectStore(database: runtime.database), operations: OperationStore(database: runtime.database)
        ).add(to: &routes)
        audit.add(to: &routes, readableBy: [.admin])
        return routes
    }

    private var audit: AuditTrail {
        AuditTrail(
            of: Self.self, runtime, retention: configuration.auditRetention, tokens: configuration.accessTokens)
    }

    /// Tells pass-issuer what happened; nil without a token for it.
    private var telling: EventTelling<PassEventNotice>? {
        guard let token = configuration.serviceToken else {
            runtime.logger.warning(
                "SERVICE_TOKEN is not set: pass-issuer is not told that passes are saved and deleted, nor are webhooks."
            )
            return nil
        }
        let teller = RPCClient(
            client: runtime.httpClient, baseURL: configuration.passIssuerURL, token: token.value)
        return EventTelling(
            notices: Self.notices(in: runtime.database), metrics: runtime.metrics, logger: runtime.logger,
            tracer: runtime.tracer
        ) { _ = try await teller.call(PassIssuerEndpoints.passEvents, body: PassEventNoticesRequest(events: $0)) }
    }

    /// What pass-issuer has not been told of.
    static func notices(in database: PostgresPool) -> EventNoticeStore<PassEventNotice> {
        EventNoticeStore(
            database: database, schema: schema, read: PassEventNotice.init(storedID:kind:serialNumber:at:))
    }

    /// Works off the queue, tells pass-issuer what happened, lets passes expire, asks Google what callbacks did not tell, and forgets what is old.
    public func run() async throws {
        let database = runtime.database
        let expiry = Expiry(objects: ObjectStore(database: database), logger: runtime.logger, clock: clock)
        let reconciliation = Reconciliation(
            store: ReconciliationStore(database: database), issuers: parts.issuers, wallet: parts.wallet,
            interval: configuration.reconcileInterval, logger: runtime.logger, clock: clock)
        let retention = Retention(
            operations: OperationStore(database: database), callbacks: CallbackStore(database: database),
            events: EventStore(database: database), operationAge: configuration.operationRetention,
            failedOperationAge: configuration.failedOperationRetention, eventAge: configuration.eventRetention,
            logger: runtime.logger, clock: clock)
        let (telling, audit) = (telling, audit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await parts.queue.run() }
            group.addTask { try await expiry.run() }
            group.addTask { try await reconciliation.run() }
            group.addTask { try await retention.run() }
            group.addTask { try await audit.run() }
            if let telling { group.addTask { try await telling.run() } }
            try await group.waitForAll()
        }
    }
}
