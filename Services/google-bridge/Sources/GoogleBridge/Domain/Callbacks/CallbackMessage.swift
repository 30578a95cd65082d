import Contracts
import HTTPTypes
import JSON

/// What a callback says: somebody saved a pass, or deleted it.
struct CallbackMessage: Sendable, Hashable {
    /// What happened.
    enum Event: String, Sendable, CaseIterable {
        case save
        case del
    }

    let classID: String
    let objectID: String
    let event: Event
    let expiresAt: Instant
    let nonce: String

    private static let longestNonce = 200
    private static let longestID = 500

    /// Reads the signed text.
    init(_ text: String) throws(CallbackFault) {
        guard let value = try? JSON.parse(text), let classID = value["classId"]?.stringValue,
            let objectID = value["objectId"]?.stringValue, classID.utf8.count <= Self.longestID,
            objectID.utf8.count <= Self.longestID
        else { throw .malformed("signedMessage holds no classId and objectId.") }
        guard let event = value["eventType"]?.stringValue.flatMap(Event.init) else {
            throw .malformed("eventType is neither save nor del.")
        }
        guard let expiry = value["expTimeMillis"]?.intValue else {
            throw .malformed("expTimeMillis is no whole number.")
        }
        guard let nonce = value["nonce"]?.stringValue, (1...Self.longestNonce).contains(nonce.utf8.count),
            !nonce.utf8.contains(0)
        else { throw .malformed("nonce is missing or too long.") }
        guard !classID.utf8.contains(0), !objectID.utf8.contains(0) else {
            throw .malformed("An id holds a NUL.")
        }
        self.classID = classID
        self.objectID = objectID
        self.event = event
        expiresAt = Instant(milliseconds: Int64(expiry))
        self.nonce = nonce
    }

    /// The issuer account that the message names, before the first dot of its ids; nil when it names two or none.
    var issuer: GoogleIssuerID? {
        let owner = classID.prefix { $0 != "." }
        guard classID.contains("."), objectID.hasPrefix("\(owner).") else { return nil }
        return GoogleIssuerID(rawValue: String(owner))
    }
}
