import JSON

/// The patch that makes a class or object at Google what it shall be, and leaves alone what is not ours.
enum ManagedPatch {
    /// All that is wanted, and null for each member that may have been sent and is wanted no more.
    ///
    /// Arrays are Google's to replace whole; ids can't change.
    static func whole(wanted: JSONObject, sent: JSONObject?) -> JSONObject {
        var patch = clearing(sent ?? wanted, wanted)
        patch["id"] = nil
        return patch
    }

    private static func clearing(_ sent: JSONObject, _ wanted: JSONObject) -> JSONObject {
        var patch = wanted
        for (key, old) in sent {
            switch (old, wanted[key]) {
            case (_, nil): patch[key] = .null
            case (.object(let old), .object(let new)?): patch[key] = .object(clearing(old, new))
            default: break
            }
        }
        return patch
    }
}
