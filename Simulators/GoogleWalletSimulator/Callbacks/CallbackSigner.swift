import Cryptography
import HTTPTypes
import JSON
import Synchronization

/// Signs callbacks as Google does, by ECv2SigningOnly: a root key signs an intermediate one, which signs messages.
final class CallbackSigner: Sendable {
    static let protocolVersion = "ECv2SigningOnly"
    private static let sender = "GooglePayPasses"
    private static let rootLifetime = 10 * 365 * 86_400
    /// The real ones outlive their messages by seven days and a half.
    private static let intermediateLifetime = 9 * 86_400
    private static let shortestRest = 8 * 86_400

    /// A key with what vouches for it.
    private struct Intermediate: Sendable {
        let key: PrivateKey
        let expiresAt: Instant
        let signedKey: String
        let signature: [UInt8]
    }

    let root: PrivateKey
    private let intermediate = Mutex<Intermediate?>(nil)

    init(root: PrivateKey? = nil) throws(CryptographyError) {
        if let root { self.root = root } else { self.root = try .generateP256() }
    }

    /// The root keys, as the address of the keys answers; one of another protocol stands beside it.
    func keys(at now: Instant) -> JSONValue {
        let key = JSONValue.string(Base64.encode(root.publicKey.der))
        let expiry = JSONValue.string(Self.milliseconds(now.adding(seconds: Self.rootLifetime)))
        return [
            "keys": [
                ["keyValue": key, "protocolVersion": .string(Self.protocolVersion), "keyExpiration": expiry],
                ["keyValue": key, "protocolVersion": "ECv1", "keyExpiration": expiry],
            ]
        ]
    }

    /// A callback's body.
    func callback(
        _ message: CallbackMessage, issuerID: String, at now: Instant, forgery: CallbackForgery? = nil
    ) throws(CryptographyError) -> [UInt8] {
        let intermediate = try intermediate(at: now, forgery)
        let text = message.text
        let recipient = forgery == .foreignRecipient ? issuerID + "0" : issuerID
        var parts = [Self.sender, recipient, Self.protocolVersion, text]
        if forgery == .foreignSignature { parts[3] += " " }
        let signature = try intermediate.key.signature(for: Self.lengthsAndValues(parts))
        let signatures: [JSONValue] =
            forgery == .missingRootSignature ? [] : [.string(Base64.encode(intermediate.signature))]
        let signedKey =
            forgery == .rewrittenKey
            ? intermediate.signedKey.replacing(#"\u003d"#, with: "=") : intermediate.signedKey
        let signedMessage = forgery == .changedMessage ? text.replacing(#""count":1"#, with: #""count":2"#) : text
        let envelope: JSONValue = [
            "signature": .string(Base64.encode(signature)),
            "intermediateSigningKey": ["signedKey": .string(signedKey), "signatures": .array(signatures)],
            "protocolVersion": .string(forgery == .otherProtocol ? "ECv2" : Self.protocolVersion),
            "signedMessage": .string(signedMessage),
        ]
        return envelope.serialized()
    }

    /// The key in use, renewed long before its end.
    private func intermediate(at now: Instant, _ forgery: CallbackForgery?) throws(CryptographyError) -> Intermediate {
        if forgery == .foreignRoot {
            return try makeIntermediate(
                signedBy: .generateP256(), expiresAt: now.adding(seconds: Self.intermediateLifetime))
        }
        if forgery == .expiredKey {
            return try makeIntermediate(signedBy: root, expiresAt: now.adding(seconds: -60))
        }
        return try intermediate.withLock { current throws(CryptographyError) in
            let rest = current.map { $0.expiresAt.seconds(since: now) } ?? 0
            if let current, rest > Double(Self.shortestRest), rest <= Double(Self.intermediateLifetime) {
                return current
            }
            let next = try makeIntermediate(
                signedBy: root, expiresAt: now.adding(seconds: Self.intermediateLifetime))
            current = next
            return next
        }
    }

    private func makeIntermediate(
        signedBy root: PrivateKey, expiresAt: Instant
    ) throws(CryptographyError) -> Intermediate {
        let key = try PrivateKey.generateP256()
        // As Google writes it: the signs at the end of the Base64 are escaped inside the text that is signed.
        let value = Base64.encode(key.publicKey.der).replacing("=", with: #"\u003d"#)
        let text = #"{"keyValue":"\#(value)","keyExpiration":"\#(Self.milliseconds(expiresAt))"}"#
        let signature = try root.signature(
            for: Self.lengthsAndValues([Self.sender, Self.protocolVersion, text]))
        return Intermediate(key: key, expiresAt: expiresAt, signedKey: text, signature: signature)
    }

    static func milliseconds(_ instant: Instant) -> String { String(instant.microseconds / 1_000) }

    /// Each text after its length in bytes, four bytes, the lowest first.
    private static func lengthsAndValues(_ texts: [String]) -> [UInt8] {
        texts.flatMap { text -> [UInt8] in
            let bytes = Array(text.utf8)
            let length = UInt32(bytes.count)
            return (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + bytes
        }
    }
}
