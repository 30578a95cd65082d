import GoogleWalletSchema
import JSON

/// One pass of a save link.
struct SaveLinkItem: Sendable {
    let kind: GoogleKind
    /// What the link says of the object: its ids, or all of it.
    let object: JSONObject
    /// The class, where it is not at Google either.
    var classResource: JSONObject?

    /// An object that is at Google.
    static func reference(to objectID: String, ofClass classID: String?, _ kind: GoogleKind) -> SaveLinkItem {
        var object: JSONObject = ["id": .string(objectID)]
        if let classID { object["classId"] = .string(classID) }
        return SaveLinkItem(kind: kind, object: object)
    }
}
