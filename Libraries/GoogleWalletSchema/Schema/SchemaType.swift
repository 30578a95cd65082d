/// A type of Google's schema.
public struct SchemaType: Sendable {
    /// Its name, `LocalizedString`.
    public let name: String
    /// Its properties by key.
    public internal(set) var properties: [String: SchemaProperty] = [:]
    /// The fixed text that Google writes into the property `kind`.
    public internal(set) var kind: String?
    /// Groups of properties of which at least one must be there.
    public internal(set) var required: [[String]] = []
    /// Groups of properties of which one at most may be there.
    public internal(set) var exclusive: [[String]] = []
    /// Properties that may be there only with one of the others: the first is the dependent one.
    public internal(set) var together: [[String]] = []
    /// How many characters a string, or elements an array may have at most.
    public internal(set) var maximum: [String: Int] = [:]
    /// How many characters small screens show.
    public internal(set) var recommended: [String: Int] = [:]
    /// The properties that Google has given up.
    public internal(set) var deprecated: Set<String> = []
    /// The properties that Google alone writes.
    public internal(set) var platform: Set<String> = []

    /// A type without properties.
    init(name: String) {
        self.name = name
    }
}
