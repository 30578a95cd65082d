import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import Postgres
import ServiceKit

/// Keeps campaigns' classes and passes' objects at Google Wallet, and takes Google's callbacks.
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
    private let google: HTTPClient
    private let issuers: IssuerStore
    private let callbacks: CallbackStore
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
        google = HTTPClient(configuration: HTTPClientConfiguration(caFile: configuration.googleCAFile))
        issuers = IssuerStore(database: runtime.database)
        callbacks = CallbackStore(database: runtime.database)
    }

    /// Google's callbacks.
    public func publicRoutes() -> Routes? {
        var routes = Routes()
        let rate = configuration.callbackRate
        CallbackRoutes(
            receiving: CallbackReceiving(
                issuers: issuers, callbacks: callbacks,
                rootKeys: RootKeySource(
                    client: google, url: configuration.googleKeysURL, logger: runtime.logger, clock: clock),
                metrics: runtime.metrics, clock: clock),
            rate: rate > 0 ? RateLimit(perSecond: rate, burst: Int(max(1, min(rate * 5, 1e9)))) : nil
        ).add(to: &routes)
        return routes
    }

    /// The calls of pass-issuer and the admin.
    public func internalRoutes() -> Routes {
        var routes = Routes(authorize: configuration.accessTokens.authorization)
        let secrets = SecretBox(configuration.masterKeys)
        IssuerRoutes(keeper: IssuerKeeper(store: issuers, secrets: secrets)).add(to: &routes)
        return routes
    }
}
