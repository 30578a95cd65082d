import JSON

/// A path to a field in a class's template: `object.textModulesData['points']`, `class.venue.name`.
public struct GoogleFieldPath: Hashable, Sendable {
    /// Where the path begins.
    public let level: GoogleLevel
    /// The properties on the way; one that is an array names its element by the element's id.
    public let steps: [Step]

    /// A property on the way.
    public struct Step: Hashable, Sendable {
        /// Its key.
        public let key: String
        /// Which element of the array.
        public let id: String?
    }

    /// Reads a path; nil when it is none.
    public init?(_ text: String) {
        var parts = text.split(separator: ".", omittingEmptySubsequences: false)[...]
        guard let first = parts.popFirst(), let level = GoogleLevel(rawValue: String(first)), !parts.isEmpty else {
            return nil
        }
        var steps: [Step] = []
        for part in parts {
            guard let step = Self.step(part) else { return nil }
            steps.append(step)
        }
        self.level = level
        self.steps = steps
    }

    /// A path to a property of the class or the object.
    public init(_ level: GoogleLevel, _ keys: String...) {
        self.level = level
        steps = keys.map { Step(key: $0, id: nil) }
    }

    /// A path to an element of one of the arrays that elements are referred to by their ids.
    public init(_ level: GoogleLevel, _ key: String, id: String) {
        self.level = level
        steps = [Step(key: key, id: id)]
    }

    /// The path as the template has it.
    public var text: String {
        ([level.rawValue] + steps.map { step in step.id.map { "\(step.key)['\($0)']" } ?? step.key })
            .joined(separator: ".")
    }

    /// Whether a class or an object of a kind can have such a field.
    public func exists(in kind: GoogleKind) -> Bool {
        var type: SchemaType? = GoogleSchema.type(kind, level)
        for step in steps {
            guard let property = type?.properties[step.key], property.isArray == (step.id != nil) else { return false }
            if case .object(let name) = property.value { type = GoogleSchema.type(named: name) } else { type = nil }
        }
        return true
    }

    /// The field's value in a class and an object, when they have it.
    public func value(class classResource: JSONObject, object: JSONObject) -> JSONValue? {
        var value = JSONValue.object(level == .class ? classResource : object)
        for step in steps {
            guard let next = value[step.key] else { return nil }
            guard let id = step.id else {
                value = next
                continue
            }
            guard let element = next.arrayValue?.first(where: { $0["id"]?.stringValue == id }) else { return nil }
            value = element
        }
        return SchemaValidator.isPresent(value) ? value : nil
    }

    private static func step(_ part: Substring) -> Step? {
        guard let bracket = part.firstIndex(of: "[") else {
            return !part.isEmpty && part.utf8.allSatisfy(ASCII.isLetterOrDigit) ? Step(key: String(part), id: nil) : nil
        }
        let key = part[..<bracket]
        let index = part[bracket...]
        guard !key.isEmpty, key.utf8.allSatisfy(ASCII.isLetterOrDigit), index.count > 4, index.hasSuffix("']"),
            index.hasPrefix("['")
        else { return nil }
        let id = index.dropFirst(2).dropLast(2)
        return id.utf8.allSatisfy(ASCII.isToken) ? Step(key: String(key), id: String(id)) : nil
    }
}
