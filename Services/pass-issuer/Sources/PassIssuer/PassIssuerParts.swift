import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import Postgres
import ServiceKit

/// What the service consists of, put together from its settings.
struct PassIssuerParts: Sendable {
    let configuration: PassIssuerConfiguration
    let runtime: ServiceRuntime
    let campaigns: CampaignStore
    let images: ImageStore
    let passes: PassStore
    let events: PassEventStore
    let activity: ActivityStore
    let rollouts: RolloutStore
    let walletConfigurations: WalletConfigurationStore
    let outbox: OutboxStore
    let library: CampaignLibrary
    let downloads: DownloadNotes
    let registry: DeviceRegistryClient
    let pushSender: PushSenderClient
    let google: GoogleCampaigns
    let erasures: ErasureStore
    let contacts: ContactHashes
    let audit: AuditStore
    let webhooks: WebhookStore
    let webhookDeliveries: WebhookDeliveryStore
    let webhookClient: HTTPClient
    let signals = WorkSignals()
    let clock: @Sendable () -> Instant = { .now() }

    init(configuration: PassIssuerConfiguration, runtime: ServiceRuntime) {
        self.configuration = configuration
        self.runtime = runtime
        let database = runtime.database
        campaigns = CampaignStore(database: database)
        images = ImageStore(database: database)
        passes = PassStore(database: database, signals: signals)
        events = PassEventStore(database: database)
        activity = ActivityStore(database: database)
        rollouts = RolloutStore(database: database, signals: signals)
        walletConfigurations = WalletConfigurationStore(database: database)
        outbox = OutboxStore(database: database, signals: signals)
        library = CampaignLibrary(
            campaigns: campaigns,
            wallets: WalletLibrary(store: walletConfigurations, secrets: SecretBox(configuration.masterKeys)),
            maker: IssuableCampaignMaker(
                tokenKeys: HMACKeyRing(configuration.passTokenKeys),
                webServiceURL: configuration.webServiceURL,
                cache: PackageCache(
                    maximumBytes: configuration.packageCacheMegabytes << 20, metrics: runtime.metrics),
                signingInstruments: SigningInstruments(runtime.metrics)),
            maximumBytes: configuration.campaignCacheMegabytes << 20, metrics: runtime.metrics)
        erasures = ErasureStore(database: database, signals: signals)
        contacts = ContactHashes(configuration.passTokenKeys)
        audit = AuditStore(database: database, schema: PassIssuerService.schema)
        webhooks = WebhookStore(database: database)
        webhookDeliveries = WebhookDeliveryStore(database: database)
        webhookClient = Self.webhookClient(configuration.webhooks)
        downloads = DownloadNotes(events: events, metrics: runtime.metrics, logger: runtime.logger)
        let (client, token) = (runtime.httpClient, configuration.serviceToken.value)
        registry = DeviceRegistryClient(client: client, baseURL: configuration.deviceRegistryURL, token: token)
        pushSender = PushSenderClient(client: client, baseURL: configuration.pushSenderURL, token: token)
        google = GoogleCampaigns(
            configurations: walletConfigurations,
            bridge: GoogleBridgeClient(client: client, baseURL: configuration.googleBridgeURL, token: token))
    }

    /// A client of its own: no connection that it keeps leads anywhere else.
    private static func webhookClient(_ settings: WebhookSettings) -> HTTPClient {
        let addresses = WebhookAddresses(allowed: settings.allowedNetworks)
        return HTTPClient(
            configuration: HTTPClientConfiguration(
                caFile: settings.caFile, userAgent: "\(PassIssuerService.name)-webhooks",
                permitsAddress: { bytes in IPAddress(bytes: bytes).map(addresses.permits) ?? false }))
    }
}
