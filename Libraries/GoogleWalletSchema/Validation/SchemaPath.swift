import JSON

/// The way to a value while it is checked; a pointer is only made of it for a fault.
struct SchemaPath {
    private(set) var tokens: [String] = []

    /// The way to a member or an element.
    func appending(_ token: String) -> SchemaPath {
        var path = self
        path.tokens.append(token)
        return path
    }

    var pointer: JSONPointer { JSONPointer(tokens: tokens) }
}
