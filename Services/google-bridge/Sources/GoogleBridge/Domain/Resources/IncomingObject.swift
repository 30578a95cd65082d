import Contracts
import HTTPTypes
import JSON

/// A pass as it came, mapped to its object.
struct IncomingObject: Sendable {
    let serialNumber: SerialNumber
    let version: Int
    let campaignVersion: Int
    /// When it ceases to be good by itself; nil when it never does, or is not good already.
    let expiresAt: Instant?
    let request: JSONValue
    let resource: WantedResource
    /// What its users are told when an older content becomes this one.
    let notice: @Sendable (_ old: JSONValue) -> GoogleNotification

    /// Whether it is newer than what is stored.
    func isNewer(than stored: StoredObject) -> Bool {
        (version, campaignVersion) > (stored.version, stored.campaignVersion)
    }
}
