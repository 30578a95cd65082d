import Contracts
import Cryptography
import ServiceKit

/// The settings of pass-issuer beside those that every service has.
public struct PassIssuerConfiguration: ServiceConfiguration {
    let accessTokens: AccessTokens
    let serviceToken: Secret<String>
    let masterKeys: KeyRing
    let linkKeys: KeyRing
    let passTokenKeys: KeyRing
    let linkFormat: LinkFormat
    let linkBaseURL: String
    let webServiceURL: String
    let deviceRegistryURL: String
    let pushSenderURL: String
    let googleBridgeURL: String
    /// Links that one address may open a second, on average.
    let createRate: Double
    /// Links that one address may open at once.
    let createBurst: Int
    /// Passes that a rollout may treat in a second, unless it is told otherwise; nil is without limit.
    let rolloutRate: Int?
    /// How long the steps of passes are kept.
    let passEventRetention: Duration
    /// How many steps of passes are kept.
    let passEvents: Int
    /// How long ended rollouts are kept.
    let rolloutRetention: Duration
    /// How long the contents of passes are kept whose campaign has ended; nil is for good.
    let endedPassRetention: Duration?
    /// How long it is kept what administrators did.
    let auditRetention: Duration
    /// Signed packages that are kept in memory.
    let packageCacheMegabytes: Int
    /// Campaign versions that are kept in memory, ready to make passes.
    let campaignCacheMegabytes: Int
    /// Where events go.
    let webhooks: WebhookSettings

    /// Reads every setting.
    public init(_ settings: inout Settings) {
        accessTokens = settings.accessTokens([.admin, .personalisation, .deviceRegistry, .googleBridge])
        serviceToken = settings.secret("SERVICE_TOKEN", help: "What this service shows to the others as bearer token")
        masterKeys = settings.keyRing("MASTER_KEYS", help: "Keys of 32 bytes that seal private keys in the database")
        linkKeys = settings.keyRing("LINK_KEYS", help: "Keys of 32 bytes that sign and encrypt links")
        passTokenKeys = settings.keyRing(
            "PASS_TOKEN_KEYS", help: "Keys of the passes' authentication tokens, the same as device-registry's")
        linkFormat = settings.oneOf(
            "LINK_FORMAT", default: .signed, help: "Whether links are signed, or encrypted so that they show nothing")
        linkBaseURL = settings.url(
            "LINK_BASE_URL", default: "http://127.0.0.1:8081",
            help: "The public listener as phones reach it, before /api/pass/create; real phones need https")
        webServiceURL = settings.url(
            "WEB_SERVICE_URL", default: "http://127.0.0.1:8082",
            help: "device-registry's public listener as phones reach it; real phones need https")
        deviceRegistryURL = settings.url(
            "DEVICE_REGISTRY_URL", default: "http://127.0.0.1:9082", help: "device-registry's internal listener")
        pushSenderURL = settings.url(
            "PUSH_SENDER_URL", default: "http://127.0.0.1:9084", help: "push-sender's internal listener")
        googleBridgeURL = settings.url(
            "GOOGLE_BRIDGE_URL", default: "http://127.0.0.1:9083", help: "google-bridge's internal listener")
        createRate = settings.number(
            "CREATE_RATE_PER_ADDRESS", default: 20,
            help: "Links that one client address may open a second, on average; 0 does not limit them")
        createBurst = settings.integer(
            "CREATE_BURST_PER_ADDRESS", default: 100, in: 1...1_000_000,
            help: "Links that one client address may open at once")
        rolloutRate = settings.optionalInteger(
            "ROLLOUT_RATE_PER_SECOND", in: 1...1_000_000,
            help: "Passes that a rollout may treat in a second, unless it is told otherwise; without limit when unset")
        passEventRetention = settings.duration(
            "PASS_EVENT_RETENTION_SECONDS", default: .seconds(30 * 86_400),
            in: .seconds(60) ... .seconds(3_650 * 86_400),
            help: "How long the steps of passes are kept for their timelines")
        passEvents = settings.integer(
            "PASS_EVENTS", default: 2_000_000, in: 1...1_000_000_000, help: "How many of these steps are kept")
        rolloutRetention = settings.duration(
            "ROLLOUT_RETENTION_SECONDS", default: .seconds(90 * 86_400),
            in: .seconds(3_600) ... .seconds(3_650 * 86_400),
            help: "How long ended rollouts are kept, with their errors")
        endedPassRetention = settings.optionalInteger(
            "ENDED_PASS_RETENTION_SECONDS", in: 3_600...(3_650 * 86_400),
            help: "How long the contents of passes are kept whose campaign has ended; then they are void and empty, as "
                + "after an erasure. Kept for good when unset"
        ).map { .seconds($0) }
        auditRetention = settings.auditRetention()
        packageCacheMegabytes = settings.integer(
            "PACKAGE_CACHE_MEGABYTES", default: 32, in: 0...65_536,
            help: "Memory for signed packages, so that one asked for twice is signed once; some kilobytes each, since "
                + "images stand with their campaign")
        campaignCacheMegabytes = settings.integer(
            "CAMPAIGN_CACHE_MEGABYTES", default: 512, in: 0...65_536,
            help: "Memory for campaigns that are ready to make passes, 32 kB and its images each; another one is read "
                + "and checked anew for the next pass")
        webhooks = WebhookSettings(&settings)
        for (name, keys) in [("MASTER_KEYS", masterKeys), ("LINK_KEYS", linkKeys)] {
            for kid in keys.allKids where keys.key(kid)?.count != 32 {
                settings.refuse(
                    name, "holds the key \(kid), which has not 32 bytes", remedy: "make one by: openssl rand -base64 32"
                )
            }
        }
    }
}
