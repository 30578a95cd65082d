/// The decoded texts that a path had in its template's places.
public struct PathParameters: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private var values: [(name: String, value: String)] = []

    /// Makes an empty set.
    public init() {}

    /// Takes names with their decoded values.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { self[name] = value }
    }

    /// The decoded text of a place.
    public subscript(_ name: String) -> String? {
        get { values.first { $0.name == name }?.value }
        set {
            values.removeAll { $0.name == name }
            if let newValue { values.append((name, newValue)) }
        }
    }

    /// Equal when the same names hold the same texts in the same order.
    public static func == (left: PathParameters, right: PathParameters) -> Bool {
        left.values.elementsEqual(right.values) { $0 == $1 }
    }

    /// Feeds names and texts.
    public func hash(into hasher: inout Hasher) {
        for (name, value) in values {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}
