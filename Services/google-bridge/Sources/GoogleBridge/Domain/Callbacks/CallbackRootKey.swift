import Cryptography
import HTTPTypes
import JSON

/// One of the keys that Google signs the keys of its callbacks with.
struct CallbackRootKey: Sendable {
    let publicKey: PublicKey
    let expiresAt: Instant

    /// Reads Google's list, `{"keys":[{"keyValue","protocolVersion","keyExpiration"}]}`; nil when it is none.
    ///
    /// Keys of other protocols, and such as can't be read, are passed over.
    static func list(_ body: [UInt8]) -> [CallbackRootKey]? {
        (try? JSON.parse(body))?["keys"]?.arrayValue?.compactMap(key)
    }

    private static func key(_ item: JSONValue) -> CallbackRootKey? {
        guard item["protocolVersion"]?.stringValue == CallbackVerifier.protocolVersion,
            let der = item["keyValue"]?.stringValue.flatMap({ Base64.decode($0) }),
            let expiresAt = Instant(millisecondsText: item["keyExpiration"]?.stringValue),
            // A key of another kind verifies nothing here.
            let key = try? PublicKey(der: der), key.kind == .p256
        else { return nil }
        return CallbackRootKey(publicKey: key, expiresAt: expiresAt)
    }
}

extension Instant {
    /// Reads milliseconds since 1970 written as text, as Google writes a key's end.
    init?(millisecondsText text: String?) {
        guard let milliseconds = text.flatMap({ Int64($0) }) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// Takes milliseconds since 1970; the ends of time for numbers beyond.
    init(milliseconds: Int64) {
        let (microseconds, overflows) = milliseconds.multipliedReportingOverflow(by: 1_000)
        self.init(microseconds: overflows ? (milliseconds < 0 ? .min : .max) : microseconds)
    }
}
