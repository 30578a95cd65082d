import Cryptography

/// What events are signed with, written as Standard Webhooks has it: `whsec_` and the Base64 of the key.
struct WebhookSecret: Sendable {
    private static let prefix = "whsec_"

    let key: [UInt8]

    init(key: [UInt8]) {
        self.key = key
    }

    /// A new one of 256 random bits.
    static func random() -> WebhookSecret {
        WebhookSecret(key: SecureRandom.bytes(32))
    }

    /// As its owner keeps it.
    var text: String { Self.prefix + Base64.encode(key) }
}
