/// Why a callback is not taken.
enum CallbackFault: Error, Sendable, Hashable {
    /// It is not what Google sends; the text says where.
    case malformed(String)
    /// Its protocol is not the one that Google signs passes' callbacks with.
    case foreignProtocol
    /// No root key of Google's that is known and live signed its key.
    case unknownKey
    /// The key that signed it has expired.
    case expiredKey
    /// It is meant for an issuer account that is not ours, or speaks of another's class or object.
    case foreignRecipient
    /// The message is not what that key signed.
    case wrongSignature
    /// The message has expired.
    case expiredMessage
    /// Google's root keys can't be had now.
    case keysUnavailable
}

extension CallbackFault {
    /// A word for metrics.
    var label: String {
        switch self {
        case .malformed: "malformed"
        case .foreignProtocol: "foreign_protocol"
        case .unknownKey: "unknown_key"
        case .expiredKey: "expired_key"
        case .foreignRecipient: "foreign_recipient"
        case .wrongSignature: "wrong_signature"
        case .expiredMessage: "expired_message"
        case .keysUnavailable: "keys_unavailable"
        }
    }
}
