/// The keys that Apple knows in one of its dictionaries.
struct KeyTable: Sendable {
    /// One key of a table.
    struct Key: Sendable {
        /// What its value must look like.
        let shape: Shape
        /// Whether the dictionary is refused without it.
        let isRequired: Bool
        /// The iOS release that brought it, when older phones leave out something that matters.
        let requiresIOS: Int?

        /// A key that may be left out.
        static func optional(_ shape: Shape, iOS: Int? = nil) -> Key {
            Key(shape: shape, isRequired: false, requiresIOS: iOS)
        }

        /// A key that must be there.
        static func required(_ shape: Shape) -> Key {
            Key(shape: shape, isRequired: true, requiresIOS: nil)
        }
    }

    /// What the dictionary is, for people: "a barcode".
    let name: String
    /// The keys by their names.
    let keys: [String: Key]
    /// The names that must be there, sorted.
    let required: [String]

    /// A table of single keys, and of names that share one shape.
    init(_ name: String, _ keys: [String: Key], _ groups: [(names: String, shape: Shape)] = []) {
        var all = keys
        for group in groups {
            for name in group.names.split(whereSeparator: \.isWhitespace) {
                all[String(name)] = .optional(group.shape)
            }
        }
        self.name = name
        self.keys = all
        required = all.filter(\.value.isRequired).keys.sorted()
    }

    /// A table with the keys of another too.
    func adding(_ name: String, _ keys: [String: Key]) -> KeyTable {
        KeyTable(name, self.keys.merging(keys) { _, new in new })
    }
}
