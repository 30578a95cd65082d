import Cryptography
import HTTPClient
import HTTPTypes
import ServiceKit

/// What the service's routes and its background work share.
struct BridgeParts: Sendable {
    /// Calls Google; separate from what calls other services, since it may trust other authorities.
    let google: HTTPClient
    let issuers: IssuerKeeper
    let tokens: AccessTokenSource
    let wallet: PacedWallet
    let queue: OperationQueue
    let classWriting: ClassWriting
    let objectWriting: ObjectWriting

    init(_ configuration: Configuration, _ runtime: ServiceRuntime, clock: @escaping @Sendable () -> Instant) {
        let database = runtime.database
        google = HTTPClient(configuration: HTTPClientConfiguration(caFile: configuration.googleCAFile))
        issuers = IssuerKeeper(
            store: IssuerStore(database: database), secrets: SecretBox(configuration.masterKeys))
        tokens = AccessTokenSource(client: google, metrics: runtime.metrics)
        let pace = Pace(
            store: PaceStore(database: database), ratePerSecond: configuration.ratePerSecond, metrics: runtime.metrics)
        wallet = PacedWallet(
            client: WalletClient(client: google, root: configuration.googleWalletURL), tokens: tokens, pace: pace,
            metrics: WalletMetrics(runtime.metrics))
        let resources = ResourceStore(database: database)
        let operations = OperationStore(database: database, leaseSeconds: configuration.operationLeaseSeconds)
        let objects = ObjectStore(database: database)
        queue = OperationQueue(
            operations: operations, resources: resources,
            runner: OperationRunner(
                wallet: wallet, issuers: issuers, resources: resources, operations: operations, objects: objects,
                logger: runtime.logger, tracer: runtime.tracer, clock: clock),
            pace: pace, logger: runtime.logger, metrics: QueueMetrics(runtime.metrics))
        let classes = ClassStore(database: database)
        classWriting = ClassWriting(
            classes: classes, issuers: issuers, mapping: ResourceMapping(configuration: configuration, clock: clock),
            queue: queue)
        objectWriting = ObjectWriting(
            classes: classes, objects: objects, classWriting: classWriting,
            maximumVariants: configuration.maximumClassVariants)
    }
}
