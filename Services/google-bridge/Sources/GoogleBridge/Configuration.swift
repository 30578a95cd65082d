import Contracts
import Cryptography
import ServiceKit

/// The service's own settings.
public struct Configuration: ServiceConfiguration {
    let accessTokens: AccessTokens
    /// What pass-issuer is called with; nil tells it nothing.
    let serviceToken: Secret<String>?
    let passIssuerURL: String
    let masterKeys: KeyRing
    /// Before `/walletobjects/v1/…`.
    let googleWalletURL: String
    /// Before `/<jwt>`.
    let googleSaveURL: String
    let googleKeysURL: String
    let googleCAFile: String?
    let callbackBaseURL: String
    let assetBaseURL: String
    /// Requests a second to Google for each issuer account; 0 does not limit them.
    let ratePerSecond: Double
    let maximumClassVariants: Int
    let operationLeaseSeconds: Int
    let operationRetention: Duration
    let failedOperationRetention: Duration
    let eventRetention: Duration
    let auditRetention: Duration
    /// How often it is asked which objects have users; zero: never.
    let reconcileInterval: Duration
    let callbackRate: Double

    /// Reads them.
    public init(_ settings: inout Settings) {
        accessTokens = settings.accessTokens([.admin, .passIssuer])
        serviceToken = settings.optionalSecret(
            "SERVICE_TOKEN",
            help: "This service's own token for calls to pass-issuer; none: webhooks miss Google's events")
        passIssuerURL = settings.url(
            "PASS_ISSUER_URL", default: "http://127.0.0.1:9081", help: "pass-issuer's internal listener")
        masterKeys = settings.keyRing(
            "MASTER_KEYS", help: "Keys of 32 bytes that seal service accounts in the database")
        googleWalletURL = settings.url(
            "GOOGLE_WALLET_URL", default: "https://walletobjects.googleapis.com",
            help: "Google Wallet's API, before /walletobjects/v1")
        googleSaveURL = settings.url(
            "GOOGLE_SAVE_URL", default: "https://pay.google.com/gp/v/save",
            help: "What stands before a save link's token")
        googleKeysURL = settings.url(
            "GOOGLE_KEYS_URL", default: "https://pay.google.com/gp/m/issuer/keys",
            help: "The keys that Google's callbacks are signed with")
        googleCAFile = settings.optionalString(
            "GOOGLE_CA_FILE",
            help: "PEM file of the authorities that Google is verified against, instead of the system's")
        callbackBaseURL = settings.url(
            "CALLBACK_BASE_URL", default: "http://127.0.0.1:8083",
            help: "This service's public listener as Google reaches it; Google calls nothing but https")
        assetBaseURL = settings.url(
            "ASSET_BASE_URL", default: "http://127.0.0.1:8081",
            help: "pass-issuer's public listener as Google reaches it, for images; Google fetches nothing but https")
        ratePerSecond = settings.number(
            "GOOGLE_RATE_PER_SECOND", default: 20,
            help: "Requests a second to Google for each issuer account, all replicas together; 0 does not limit them")
        maximumClassVariants = settings.integer(
            "MAX_CLASS_VARIANTS", default: 1_000, in: 1...1_000_000,
            help: "Classes that one campaign may have at Google")
        operationLeaseSeconds = settings.integer(
            "OPERATION_LEASE_SECONDS", default: 35, in: 5...600,
            help: "How long a replica has for an operation that it has taken: others take it over when it has died")
        let day = Duration.seconds(86_400)
        operationRetention = settings.duration(
            "OPERATION_RETENTION_SECONDS", default: day * 7, in: .seconds(60)...day * 3_650,
            help: "How long finished operations are kept")
        failedOperationRetention = settings.duration(
            "FAILED_OPERATION_RETENTION_SECONDS", default: day * 90, in: .seconds(60)...day * 3_650,
            help: "How long operations are kept that Google refused for good, to be looked at and tried again")
        eventRetention = settings.duration(
            "EVENT_RETENTION_SECONDS", default: day * 90, in: .seconds(60)...day * 3_650,
            help: "How long it is kept what happened to each pass at Google")
        auditRetention = settings.auditRetention()
        reconcileInterval = settings.duration(
            "RECONCILE_INTERVAL_SECONDS", default: day, in: .zero...day * 365,
            help: "How often Google is asked which passes are saved, in case callbacks stay away; 0: never")
        callbackRate = settings.number(
            "CALLBACK_RATE_PER_ADDRESS", default: 200,
            help: "Callbacks a second of one client address, after a burst of five seconds; 0 does not limit them")
        Self.checkLengths(of: masterKeys, &settings)
    }

    private static func checkLengths(of masterKeys: KeyRing, _ settings: inout Settings) {
        for kid in masterKeys.allKids where masterKeys.key(kid)?.count != 32 {
            settings.refuse(
                "MASTER_KEYS", "holds the key \(kid), which has not 32 bytes",
                remedy: "make one by: openssl rand -base64 32")
        }
    }
}
