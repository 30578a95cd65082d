import GoogleWalletSchema
import HTTPTypes
import JSON

/// A class or object as it is stored.
struct Resource: Sendable {
    let type: ResourceType
    let id: ResourceID
    /// The class of an object.
    let classID: String?
    /// What the issuer wrote, in one spelling, as JSON; kept as bytes since there may be hundreds of thousands.
    var body: [UInt8]
    /// Counts the writes.
    var version: Int
    /// Who has the pass in a wallet.
    var holders: [String] = []
    /// When its users were notified by a message, in the last day.
    var messageNotices: [Instant] = []
    /// When its users were notified by a change, in the last day.
    var changeNotices: [Instant] = []

    init(type: ResourceType, id: ResourceID, object: JSONObject, version: Int = 1) {
        self.type = type
        self.id = id
        self.version = version
        classID = type.level == .object ? object["classId"]?.stringValue : nil
        body = JSONValue.object(object).serialized()
    }

    /// What the issuer wrote.
    var object: JSONObject {
        // Written by `serialized`, so that it can be read.
        (try? JSON.parse(body))?.objectValue ?? JSONObject()
    }

    /// The resource with other content.
    func replacing(_ object: JSONObject) -> Resource {
        var copy = self
        copy.body = JSONValue.object(object).serialized()
        copy.version += 1
        return copy
    }
}
