import Contracts
import Cryptography
import HTTPTypes
import JSON

/// Believes callbacks that are Google's: the signature scheme ECv2SigningOnly.
///
/// https://developers.google.com/pay/api/android/guides/resources/payment-data-cryptography
enum CallbackVerifier {
    /// The scheme's name.
    static let protocolVersion = "ECv2SigningOnly"
    /// Who signs.
    private static let sender = "GooglePayPasses"

    /// The key that signed a message, when one of Google's live root keys vouches for it and it is live itself.
    static func signingKey(
        of envelope: CallbackEnvelope, rootKeys: [CallbackRootKey], at now: Instant
    ) throws(CallbackFault) -> PublicKey {
        guard envelope.protocolVersion == protocolVersion else { throw .foreignProtocol }
        let signed = lengthPrefixed(sender, protocolVersion, envelope.signedKey)
        let isVouchedFor = rootKeys.contains { root in
            root.expiresAt > now
                && envelope.keySignatures.contains { root.publicKey.isValidSignature($0, for: signed) }
        }
        guard isVouchedFor else { throw .unknownKey }
        let key = try? JSON.parse(envelope.signedKey)
        guard let der = key?["keyValue"]?.stringValue.flatMap({ Base64.decode($0) }),
            let publicKey = try? PublicKey(der: der), publicKey.kind == .p256,
            let expiresAt = Instant(millisecondsText: key?["keyExpiration"]?.stringValue)
        else { throw .malformed("signedKey holds no key that can be read.") }
        guard expiresAt > now else { throw .expiredKey }
        return publicKey
    }

    /// The message, when the key signed it for this recipient and it is live.
    static func message(
        of envelope: CallbackEnvelope, signedBy key: PublicKey, for recipient: GoogleIssuerID, at now: Instant
    ) throws(CallbackFault) -> CallbackMessage {
        let signed = lengthPrefixed(sender, recipient.rawValue, protocolVersion, envelope.signedMessage)
        guard key.isValidSignature(envelope.signature, for: signed) else { throw .wrongSignature }
        let message = try CallbackMessage(envelope.signedMessage)
        guard message.issuer == recipient else { throw .foreignRecipient }
        guard message.expiresAt > now else { throw .expiredMessage }
        return message
    }

    /// Each text behind its length in bytes, which is four bytes, the least first.
    static func lengthPrefixed(_ parts: String...) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            let count = UInt32(truncatingIfNeeded: part.utf8.count)
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
            bytes += part.utf8
        }
        return bytes
    }
}
