import JSON

/// The images that a resource names by their addresses.
enum LinkedImages {
    /// Each address once, in the order of the keys.
    static func addresses(in object: JSONObject) -> [String] {
        var found: [String] = []
        collect(.object(object), into: &found)
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    private static func collect(_ value: JSONValue, into found: inout [String]) {
        switch value {
        case .array(let elements):
            for element in elements { collect(element, into: &found) }
        case .object(let object):
            for (key, member) in object {
                if key == "sourceUri", let address = member["uri"]?.stringValue {
                    found.append(address)
                } else {
                    collect(member, into: &found)
                }
            }
        case .null, .bool, .number, .string: break
        }
    }
}
