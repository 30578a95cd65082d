import Contracts
import Cryptography
import HTTPTypes
import ServiceKit

/// The service's own settings.
public struct Configuration: ServiceConfiguration {
    let accessTokens: AccessTokens
    let serviceToken: Secret<String>
    let masterKeys: KeyRing
    let deviceRegistryURL: String
    let apns: APNsServer
    /// The authorities that APNs is verified against, in PEM; nil for the system's.
    let apnsAuthorities: String?
    let apnsConnections: Int
    let pushesInFlight: Int
    let minimumInterval: Duration
    let leaseDuration: Duration
    let resultRetention: Duration
    let deliveryRetention: Duration
    let auditRetention: Duration

    /// Reads them.
    public init(_ settings: inout Settings) {
        accessTokens = settings.accessTokens([.admin, .passIssuer, .deviceRegistry])
        serviceToken = settings.secret("SERVICE_TOKEN", help: "This service's own token for calls to device-registry")
        masterKeys = settings.keyRing("MASTER_KEYS", help: "Keys of 32 bytes that seal credentials in the database")
        deviceRegistryURL = settings.url(
            "DEVICE_REGISTRY_URL", default: "http://localhost:9082", help: "device-registry's internal listener")
        apns = settings.value(
            "APNS_URL", default: (.production, APNsServer.production.description), standIn: .production,
            help: "Apple's push service, or one that stands in for it"
        ) { text throws(InvalidSetting) in
            guard let server = APNsServer(text) else {
                throw InvalidSetting(
                    "is no https URL of a host alone", remedy: "give a URL such as https://api.push.apple.com:2197")
            }
            return server
        }
        apnsAuthorities = settings.optionalString(
            "APNS_CA", help: "Certificates in PEM that APNs is verified against; the system's when it is not set")
        apnsConnections = settings.integer(
            "APNS_CONNECTIONS", default: 4, in: 1...64, help: "Connections to APNs for each pass type, at most")
        pushesInFlight = settings.integer(
            "PUSHES_IN_FLIGHT", default: 2_000, in: 1...100_000,
            help: "Pushes of each pass type that a replica has with APNs at once, at most")
        minimumInterval = settings.duration(
            "PUSH_MIN_INTERVAL_SECONDS", default: .zero,
            help: "The least time between two pushes to one phone; one that comes sooner waits, and joins others")
        leaseDuration = settings.duration(
            "PUSH_LEASE_SECONDS", default: .seconds(30), in: .seconds(2)...Duration.seconds(600),
            help: "How long a replica answers for pushes that it has taken: others take them over when it has died; "
                + "APNs may take half of it to answer")
        let day = Duration.seconds(86_400)
        resultRetention = settings.duration(
            "RESULT_RETENTION_SECONDS", default: day * 30, in: day...day * 3_650,
            help: "How long is known what became of each push, for timelines; counts by day stay")
        deliveryRetention = settings.duration(
            "PUSH_ID_RETENTION_SECONDS", default: day * 7, in: .seconds(3_600)...day * 3_650,
            help: "How long a delivery of pushes is remembered, so that one told again stores nothing")
        auditRetention = settings.auditRetention()
        for kid in masterKeys.allKids where masterKeys.key(kid)?.count != 32 {
            settings.refuse(
                "MASTER_KEYS", "holds the key \(kid), which has not 32 bytes",
                remedy: "make one by: openssl rand -base64 32")
        }
    }
}
