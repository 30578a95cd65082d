import Cryptography
import HTTPTypes

/// What a callback says.
struct CallbackMessage: Sendable {
    let classID: String
    let objectID: String
    let event: CallbackEvent
    let expiresAt: Instant
    /// Differs between events, not between the deliveries of one.
    let nonce: String

    init(classID: String, objectID: String, event: CallbackEvent, expiresAt: Instant) {
        self.classID = classID
        self.objectID = objectID
        self.event = event
        self.expiresAt = expiresAt
        nonce = Self.uuid()
    }

    /// The JSON in Google's order of keys; ids hold nothing that would have to be escaped.
    var text: String {
        #"{"classId":"\#(classID)","objectId":"\#(objectID)","eventType":"\#(event.rawValue)","#
            + #""expTimeMillis":\#(CallbackSigner.milliseconds(expiresAt)),"count":1,"nonce":"\#(nonce)"}"#
    }

    /// A random UUID (RFC 9562 §5.4).
    private static func uuid() -> String {
        var bytes = SecureRandom.bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
    }
}
