import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import Postgres
import ServiceKit

/// Wallet configurations, campaigns, links, and the passes that are made when a phone opens one.
public struct PassIssuerService: Service {
    public static let name = "pass-issuer"
    public static let summary = "makes links, and the signed passes behind them"
    public static let schema = "issuer"
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql),
        Migration(
            file: "V0002__outbox_of_several_services", sql: PackageResources.V0002__outbox_of_several_services_sql),
        Migration(file: "V0005__signing_requests", sql: PackageResources.V0005__signing_requests_sql),
    ]
    public static let openAPIDocument = PackageResources.openapi_json
    public static let publicPort: Int? = 8081
    public static let internalPort = 9081
    public static let commands = [KeyRotation.command]
    public static let tools = [PackageCheckTool.tool, CertificateCheckTool.tool]

    private let configuration: PassIssuerConfiguration
    private let runtime: ServiceRuntime
    private let campaigns: CampaignStore
    private let images: ImageStore
    private let passes: PassStore
    private let walletConfigurations: WalletConfigurationStore
    private let library: CampaignLibrary
    private let outbox: OutboxStore
    private let registry: DeviceRegistryClient
    private let pushSender: PushSenderClient
    private let google: GoogleCampaigns
    private let clock: @Sendable () -> Instant = { .now() }

    public init(configuration: PassIssuerConfiguration, runtime: ServiceRuntime) throws {
        self.configuration = configuration
        self.runtime = runtime
        let database = runtime.database
        campaigns = CampaignStore(database: database)
        images = ImageStore(database: database)
        passes = PassStore(database: database)
        walletConfigurations = WalletConfigurationStore(database: database)
        outbox = OutboxStore(database: database)
        library = CampaignLibrary(
            campaigns: campaigns, walletConfigurations: walletConfigurations,
            maker: IssuableCampaignMaker(
                secrets: SecretBox(configuration.masterKeys), tokenKeys: HMACKeyRing(configuration.passTokenKeys),
                webServiceURL: configuration.webServiceURL,
                cache: PackageCache(maximumBytes: configuration.packageCacheMegabytes << 20)))
        registry = DeviceRegistryClient(
            client: runtime.httpClient, baseURL: configuration.deviceRegistryURL,
            token: configuration.serviceToken.value)
        pushSender = PushSenderClient(
            client: runtime.httpClient, baseURL: configuration.pushSenderURL, token: configuration.serviceToken.value)
        google = GoogleCampaigns(
            configurations: walletConfigurations,
            bridge: GoogleBridgeClient(
                client: runtime.httpClient, baseURL: configuration.googleBridgeURL,
                token: configuration.serviceToken.value))
    }

    public func publicRoutes() -> Routes? {
        var routes = Routes()
        CreateRoutes(
            reader: LinkReader(keys: configuration.linkKeys),
            opening: LinkOpening(
                campaigns: campaigns, passes: passes, library: library,
                tokenKeys: HMACKeyRing(configuration.passTokenKeys), bridge: google.bridge),
            page: LinkPage(baseURL: configuration.linkBaseURL),
            rate: configuration.createRate > 0
                ? RateLimit(perSecond: configuration.createRate, burst: configuration.createBurst) : nil, clock: clock
        ).add(to: &routes)
        ImageRoutes(images: images).add(to: &routes)
        return routes
    }

    public func internalRoutes() -> Routes {
        var routes = Routes(authorize: configuration.accessTokens.authorization)
        LinkRoutes(
            minter: LinkMinter(
                keys: configuration.linkKeys, format: configuration.linkFormat, baseURL: configuration.linkBaseURL),
            clock: clock
        ).add(to: &routes)
        let secrets = SecretBox(configuration.masterKeys)
        let signingRequests = SigningRequests(
            configurations: walletConfigurations, store: SigningRequestStore(database: runtime.database),
            secrets: secrets)
        WalletConfigurationRoutes(
            store: walletConfigurations,
            editing: WalletConfigurationEditing(
                store: walletConfigurations, outbox: outbox, signingRequests: signingRequests, secrets: secrets),
            signingRequests: signingRequests,
            checking: WalletConfigurationChecking(
                store: walletConfigurations, pushSender: pushSender, googleBridge: google.bridge),
            clock: clock
        ).add(to: &routes)
        let editing = CampaignEditing(store: campaigns, images: images, outbox: outbox, google: google)
        CampaignRoutes(store: campaigns, editing: editing, google: google, clock: clock).add(to: &routes)
        CampaignImageRoutes(store: campaigns, images: images, editing: editing, clock: clock).add(to: &routes)
        PassRoutes(
            store: passes, campaigns: campaigns,
            change: PassChange(campaigns: campaigns, passes: passes, library: library), registry: registry,
            clock: clock
        ).add(to: &routes)
        CheckRoutes(walletConfigurations: walletConfigurations, clock: clock).add(to: &routes)
        PackageRoutes(
            fetching: PackageFetch(campaigns: campaigns, passes: passes, library: library), clock: clock
        ).add(to: &routes)
        return routes
    }

    public func run() async throws {
        let post = OutboxPost(
            registry: registry,
            pushCredentials: PushCredentialsDelivery(
                walletConfigurations: walletConfigurations, secrets: SecretBox(configuration.masterKeys),
                pushSender: pushSender),
            google: GoogleDelivery(
                configurations: walletConfigurations, campaigns: campaigns, passes: passes, library: library,
                secrets: SecretBox(configuration.masterKeys), google: google))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in OutboxLane.all {
                let delivery = OutboxDelivery(lane: lane, outbox: outbox, post: post, logger: runtime.logger)
                group.addTask { try await delivery.run() }
            }
            let measuring = OutboxMeasuring(outbox: outbox, metrics: OutboxMetrics(runtime.metrics))
            group.addTask { try await measuring.run() }
            let cleaning = ImageCleaning(images: images, logger: runtime.logger)
            group.addTask { try await cleaning.run() }
            try await group.waitForAll()
        }
    }
}
