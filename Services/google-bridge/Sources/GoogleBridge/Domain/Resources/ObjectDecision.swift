import JSON

/// What a pass that came means for its stored object.
enum ObjectDecision: Sendable, Hashable {
    /// It is older than what is stored, or the same.
    case keep
    /// It is newer, and its object stays as it is.
    case adopt
    /// Its object changes. What may have been sent of it since the last write that was confirmed is kept until the next
    /// one, so that a member that is no longer wanted is cleared even when nobody knows whether it arrived.
    case write(sent: JSONObject?)

    init(_ incoming: IncomingObject, stored: StoredObject?) {
        guard let stored, stored.version >= 0 else {
            self = .write(sent: nil)
            return
        }
        guard incoming.isNewer(than: stored) || stored.objectID != incoming.resource.id.id else {
            self = .keep
            return
        }
        guard let resource = stored.resource, stored.objectID == incoming.resource.id.id else {
            self = .write(sent: nil)
            return
        }
        let isSame = resource.wanted == incoming.resource.body && resource.classID == incoming.resource.classID
        self =
            isSame && !resource.isFailed
            ? .adopt : .write(sent: Self.union(resource.sent ?? resource.wanted, incoming.resource.body))
    }

    /// All members of both, at every depth.
    static func union(_ old: JSONObject, _ new: JSONObject) -> JSONObject {
        JSONValue.object(old).mergePatched(with: .object(new)).objectValue ?? new
    }
}
