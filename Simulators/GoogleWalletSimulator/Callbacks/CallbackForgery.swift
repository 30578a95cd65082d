/// A way in which a callback is not Google's, or no longer good.
public enum CallbackForgery: String, Codable, CaseIterable, Sendable {
    /// The message was changed after it was signed.
    case changedMessage
    /// The signature belongs to another message.
    case foreignSignature
    /// It was signed for another issuer.
    case foreignRecipient
    /// The intermediate key is signed by a root that is not Google's.
    case foreignRoot
    /// There is no signature of the intermediate key.
    case missingRootSignature
    /// Another protocol.
    case otherProtocol
    /// The message was good until a minute ago.
    case expiredMessage
    /// The intermediate key was good until a minute ago.
    case expiredKey
    /// The text of the intermediate key was decoded and encoded again on the way.
    case rewrittenKey
}
