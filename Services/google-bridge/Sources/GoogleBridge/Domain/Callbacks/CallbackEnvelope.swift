import Cryptography
import JSON

/// A callback of Google's as it came, taken apart and not yet believed.
struct CallbackEnvelope: Sendable {
    let protocolVersion: String
    /// The signature of the message, DER.
    let signature: [UInt8]
    /// The JSON text of the key that signed the message: signed as it stands here, so never to be written anew.
    let signedKey: String
    /// Signatures of that key by Google's root keys.
    let keySignatures: [[UInt8]]
    /// The JSON text of the message: signed as it stands here, so never to be written anew.
    let signedMessage: String

    /// How many signatures of a key are looked at.
    private static let maximumSignatures = 16

    /// Reads the body of a request.
    init(_ body: [UInt8]) throws(CallbackFault) {
        guard let value = try? JSON.parse(body), case .object(let object) = value else {
            throw .malformed("The body is no JSON object.")
        }
        guard let version = object["protocolVersion"]?.stringValue else {
            throw .malformed("protocolVersion is missing.")
        }
        guard let signature = Self.base64(object["signature"]) else {
            throw .malformed("signature is no base64 text.")
        }
        guard let key = object["intermediateSigningKey"]?["signedKey"]?.stringValue else {
            throw .malformed("intermediateSigningKey.signedKey is missing.")
        }
        guard let texts = object["intermediateSigningKey"]?["signatures"]?.arrayValue,
            texts.count <= Self.maximumSignatures
        else { throw .malformed("intermediateSigningKey.signatures is no list of up to 16.") }
        guard let message = object["signedMessage"]?.stringValue else { throw .malformed("signedMessage is missing.") }
        protocolVersion = version
        self.signature = signature
        signedKey = key
        // One that can't be read verifies nothing.
        keySignatures = texts.compactMap(Self.base64)
        signedMessage = message
    }

    private static func base64(_ value: JSONValue?) -> [UInt8]? {
        value?.stringValue.flatMap { Base64.decode($0) }
    }
}
