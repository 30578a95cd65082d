import Contracts
import Cryptography
import HTTPTypes
import ServiceKit

/// The service's own settings.
public struct Configuration: ServiceConfiguration {
    let passTokenKeys: KeyRing
    let passIssuerURL: String
    let pushSenderURL: String
    let serviceToken: Secret<String>
    let accessTokens: AccessTokens
    let deviceRatePerAddress: Double
    let ratePerDevice: Double
    let personalizationRatePerAddress: Double
    let deviceLogRetention: Duration
    let deviceLogLines: Int
    /// Lines stored a second, on average; 0 does not limit them.
    let deviceLogLinesPerSecond: Double
    let updateRetention: Duration
    let passEventRetention: Duration
    let passEvents: Int
    let erasureGrace: Duration
    let auditRetention: Duration

    /// Reads them.
    public init(_ settings: inout Settings) {
        passTokenKeys = settings.keyRing(
            "PASS_TOKEN_KEYS", help: "Keys of the passes' authentication tokens, the same as pass-issuer's")
        passIssuerURL = settings.url(
            "PASS_ISSUER_URL", default: "http://localhost:9081", help: "pass-issuer's internal listener")
        pushSenderURL = settings.url(
            "PUSH_SENDER_URL", default: "http://localhost:9084", help: "push-sender's listener")
        serviceToken = settings.secret(
            "SERVICE_TOKEN", help: "This service's own token for calls to pass-issuer and push-sender")
        accessTokens = settings.accessTokens([.admin, .passIssuer, .pushSender])
        deviceRatePerAddress = settings.number(
            "DEVICE_RATE_PER_ADDRESS", default: 0,
            help: "Requests a second of one client address on the public listener, after a burst of five seconds; "
                + "0: no limit, since whole carriers share an address")
        ratePerDevice = settings.number(
            "DEVICE_RATE_PER_DEVICE", default: 20,
            help:
                "Registrations, their ends and questions what changed that one device may send a second, after a burst "
                + "of ten seconds; 0: no limit")
        personalizationRatePerAddress = settings.number(
            "PERSONALIZATION_RATE_PER_ADDRESS", default: 10,
            help:
                "Forms a second that one client address may send, after a burst of five seconds; each is answered with "
                + "a signature; 0: no limit")
        let day = Duration.seconds(86_400)
        deviceLogRetention = settings.duration(
            "DEVICE_LOG_RETENTION_SECONDS", default: day * 30, in: .seconds(60)...day * 3_650,
            help: "How long lines that phones report are kept")
        deviceLogLines = settings.integer(
            "DEVICE_LOG_LINES", default: 100_000, in: 1...100_000_000, help: "How many of these lines are kept")
        deviceLogLinesPerSecond = settings.number(
            "DEVICE_LOG_LINES_PER_SECOND", default: 100,
            help: "How many of these lines are stored a second, on average over a minute; more are dropped; 0: no limit"
        )
        updateRetention = settings.duration(
            "UPDATE_RETENTION_SECONDS", default: day * 30, in: .seconds(3_600)...day * 3_650,
            help: "How long an update of passes is remembered, so that one told again changes nothing")
        passEventRetention = settings.duration(
            "PASS_EVENT_RETENTION_SECONDS", default: day * 30, in: .seconds(60)...day * 3_650,
            help: "How long the steps of passes on devices are kept for their timelines")
        passEvents = settings.integer(
            "PASS_EVENTS", default: 2_000_000, in: 1...1_000_000_000, help: "How many of these steps are kept")
        erasureGrace = settings.duration(
            "ERASURE_GRACE_SECONDS", default: day * 30, in: .zero...day * 365,
            help: "How long a phone may take to fetch the void pass of an erased contact before it is forgotten anyway")
        auditRetention = settings.auditRetention()
    }
}
