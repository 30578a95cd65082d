import Contracts
import JSON

/// A pass's object as it is stored.
struct StoredObject: Sendable {
    let serialNumber: SerialNumber
    let objectID: String
    let version: Int
    let campaignVersion: Int
    /// The content as it came.
    let request: JSONValue?
    let resource: StoredResource?

    /// What is stored of the object itself; a pass whose issuer changed has none under its new id yet.
    struct StoredResource: Sendable {
        let classID: String?
        let wanted: JSONObject
        let sent: JSONObject?
        let isAtGoogle: Bool
        let isFailed: Bool
    }
}
