import JSON

extension Inspection {
    /// Refuses elements of an array whose names are another's already.
    mutating func checkUnique(_ key: String, in elements: JSONValue?, _ noun: String) {
        var names: Set<String> = []
        forEach(of: elements) { inspection, _, element in
            guard let name = inspection.read(element[key]).string, !names.insert(name).inserted else { return }
            inspection.record(
                .error, at: key, "Another \(noun) has the \(key) \(inspection.shown(name)).",
                "Give each \(noun) \(key == "identifier" ? "an" : "a") \(key) of its own.", effect: .ignores)
        }
    }
}
