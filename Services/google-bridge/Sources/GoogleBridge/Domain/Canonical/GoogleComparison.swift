import GoogleWalletSchema
import JSON

/// Three-way comparison of what should be at Google, what was written there last, and what is there.
///
/// Only what we manage counts: keys that are wanted or were written. What somebody added in Google's console beside them
/// is theirs.
package enum GoogleComparison {
    /// What differs, over managed keys; the values are in canonical form.
    package static func differences(
        wanted: JSONObject, pushed: JSONObject?, remote: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel
    ) -> [GoogleDifference] {
        var comparison = Comparison()
        let pushed = pushed.map { GoogleCanonical.canonical($0, kind, level) }
        comparison.hasPushed = pushed != nil
        comparison.compare(
            .object(GoogleCanonical.canonical(wanted, kind, level)), pushed.map(JSONValue.object),
            .object(GoogleCanonical.canonical(remote, kind, level)), .root)
        return comparison.differences
    }

    /// The body of a PATCH that makes what was written last what is wanted, `null` for what goes; nil when both are the
    /// same. Arrays are whole, because Google replaces them.
    package static func managedPatch(
        from pushed: JSONObject, to wanted: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel
    ) -> JSONObject? {
        patch(from: pushed, pushed: pushed, to: wanted, kind, level)
    }

    /// The body of a PATCH that makes what is at Google what is wanted, over managed keys; nil when it is already so.
    /// Messages that are not ours stay.
    package static func repairPatch(
        remote: JSONObject, pushed: JSONObject?, to wanted: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel
    ) -> JSONObject? {
        // Google does not take back every word that it answers with.
        let wanted = keepingForeignMessages(wanted, GoogleCanonical.canonical(remote, kind, level))
        return patch(from: remote, pushed: pushed ?? JSONObject(), to: wanted, kind, level)
    }

    private static func patch(
        from base: JSONObject, pushed: JSONObject, to wanted: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel
    ) -> JSONObject? {
        let differing = Set(
            differences(wanted: wanted, pushed: pushed, remote: base, kind, level).compactMap(\.pointer.tokens.first))
        var body = JSONObject()
        for key in differing where key != "id" {
            body[key] = wanted[key].map { replacing(pushed[key], by: $0) } ?? .null
        }
        guard !body.isEmpty else { return nil }
        // Each change of a class is put under review anew.
        body["reviewStatus"] = wanted["reviewStatus"] ?? body["reviewStatus"]
        return body
    }

    /// A value that takes the place of another one in a merge patch: what only the other one had becomes `null`.
    private static func replacing(_ old: JSONValue?, by new: JSONValue) -> JSONValue {
        guard case .object(var result) = new, let old = old?.objectValue else { return new }
        for (key, value) in old {
            result[key] = result[key].map { replacing(value, by: $0) } ?? .null
        }
        return .object(result)
    }

    private static func keepingForeignMessages(_ wanted: JSONObject, _ remote: JSONObject) -> JSONObject {
        guard let ours = wanted["messages"]?.arrayValue, let theirs = remote["messages"]?.arrayValue else {
            return wanted
        }
        let ids = Set(ours.compactMap { $0["id"]?.stringValue })
        let foreign = theirs.filter { $0["id"]?.stringValue.map { !ids.contains($0) } ?? true }
        var result = wanted
        result["messages"] = .array(Array((ours + foreign).prefix(10)))
        return result
    }
}

private struct Comparison {
    var hasPushed = false
    private(set) var differences: [GoogleDifference] = []

    mutating func compare(_ wanted: JSONValue?, _ pushed: JSONValue?, _ remote: JSONValue?, _ pointer: JSONPointer) {
        switch (wanted, remote) {
        case (.object(let wantedMembers)?, .object(let remoteMembers)?):
            let pushedMembers = pushed?.objectValue ?? JSONObject()
            let keys = Set(wantedMembers.keys).union(pushedMembers.keys).sorted()
            for key in keys {
                compare(wantedMembers[key], pushedMembers[key], remoteMembers[key], pointer.appending(key))
            }
        case (.array(let wantedElements)?, .array(let remoteElements)?) where pointer.tokens == ["messages"]:
            compareMessages(wantedElements, pushed?.arrayValue ?? [], remoteElements, pointer)
        case (.array(let wantedElements)?, .array(let remoteElements)?)
        where wantedElements.count == remoteElements.count:
            let pushedElements = pushed?.arrayValue ?? []
            for index in wantedElements.indices {
                let old = index < pushedElements.count ? pushedElements[index] : nil
                compare(wantedElements[index], old, remoteElements[index], pointer.appending(index))
            }
        default:
            note(wanted, pushed, remote, pointer)
        }
    }

    /// Messages are told apart by their ids; those that we never wrote are somebody else's.
    private mutating func compareMessages(
        _ wanted: [JSONValue], _ pushed: [JSONValue], _ remote: [JSONValue], _ pointer: JSONPointer
    ) {
        func message(_ id: String, _ messages: [JSONValue]) -> JSONValue? {
            messages.first { $0["id"]?.stringValue == id }
        }
        let ids = Set((wanted + pushed).compactMap { $0["id"]?.stringValue }).sorted()
        for id in ids {
            compare(message(id, wanted), message(id, pushed), message(id, remote), pointer.appending(id))
        }
    }

    private mutating func note(
        _ wanted: JSONValue?, _ pushed: JSONValue?, _ remote: JSONValue?, _ pointer: JSONPointer
    ) {
        guard wanted != remote else { return }
        let isOurs = !hasPushed || remote == pushed
        differences.append(
            GoogleDifference(
                pointer: pointer, wanted: wanted, pushed: pushed, remote: remote, origin: isOurs ? .us : .console))
    }
}
