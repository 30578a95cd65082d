import Contracts
import HTTPTypes

/// What strangers can send to the address of Google's callbacks, handed to its readers: what the fuzz run calls.
package enum ForeignCallback {
    /// A callback, with the keys that are believed, as Google lists them.
    package static func read(_ body: [UInt8], rootKeys: [UInt8]) {
        let now = Instant(seconds: 1_795_485_600)
        let keys = CallbackRootKey.list(rootKeys) ?? []
        guard let envelope = try? CallbackEnvelope(body) else { return }
        _ = try? CallbackMessage(envelope.signedMessage)
        guard let key = try? CallbackVerifier.signingKey(of: envelope, rootKeys: keys, at: now),
            let recipient = GoogleIssuerID(rawValue: "3388000000012345678")
        else { return }
        _ = try? CallbackVerifier.message(of: envelope, signedBy: key, for: recipient, at: now)
    }

    /// A list of root keys.
    package static func readRootKeys(_ body: [UInt8]) {
        _ = CallbackRootKey.list(body)
    }
}
