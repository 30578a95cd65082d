import HTTPTypes
import ServiceKit

/// The settings of webhooks.
struct WebhookSettings: Sendable {
    /// Blocks of addresses beside the public Internet that webhooks may lead to.
    let allowedNetworks: [CIDR]
    /// Whether events may go out unencrypted.
    let allowsHTTP: Bool
    /// The authorities that receivers are verified against; nil is the system's.
    let caFile: String?
    /// How long an event is sent again.
    let retryWindow: Duration
    /// How long an event stays in the log.
    let retention: Duration

    init(_ settings: inout Settings) {
        allowedNetworks = settings.addressBlocks(
            "WEBHOOK_ALLOWED_NETWORKS",
            help: "Address blocks beside the public Internet that webhooks may lead to, such as 10.0.0.0/8")
        allowsHTTP = settings.boolean(
            "WEBHOOK_ALLOW_HTTP", default: false, help: "Whether webhooks may have http URLs, which anybody can read")
        caFile = settings.optionalString(
            "WEBHOOK_CA_FILE",
            help: "PEM file of the authorities that webhooks are verified against, instead of the system's")
        let day = Duration.seconds(86_400)
        retryWindow = settings.duration(
            "WEBHOOK_RETRY_SECONDS", default: day * 3, in: .seconds(1)...day * 30,
            help: "How long an event is sent again to a webhook that does not take it")
        retention = settings.duration(
            "WEBHOOK_LOG_SECONDS", default: day * 30, in: .seconds(60)...day * 3_650,
            help: "How long events stay in the log of their webhook, from where they can be replayed")
    }
}
