import JSON

/// The whole schema, as `walletobjects.json` has it.
struct SchemaDocument: Sendable {
    let revision: String
    let types: [String: SchemaType]

    init(_ json: JSONValue) throws {
        let file = try JSON.decode(File.self, from: json)
        revision = file.revision
        let enums = file.enums.reduce(into: [String: SchemaEnum]()) { enums, entry in
            enums[entry.key] = SchemaEnum(
                name: entry.key, current: entry.value.current, old: entry.value.old ?? [])
        }
        types = try file.types.reduce(into: [:]) { types, entry in
            types[entry.key] = try Self.type(entry.key, entry.value, enums)
        }
        for type in types.values {
            for property in type.properties.values {
                guard case .object(let name) = property.value, types[name] == nil else { continue }
                throw SchemaDocumentError.unknownType(name)
            }
        }
    }

    private static func type(_ name: String, _ entry: File.TypeEntry, _ enums: [String: SchemaEnum]) throws
        -> SchemaType
    {
        var type = SchemaType(name: name)
        type.properties = try entry.properties.mapValues { try property($0, enums) }
        type.kind = entry.kind
        type.required = entry.required ?? []
        type.exclusive = entry.exclusive ?? []
        type.together = entry.together ?? []
        type.maximum = entry.maximum ?? [:]
        type.recommended = entry.recommended ?? [:]
        type.deprecated = Set(entry.deprecated ?? [])
        type.platform = Set(entry.platform ?? [])
        return type
    }

    /// Reads `string:uri`, `[]Image`, `=State`.
    private static func property(_ text: String, _ enums: [String: SchemaEnum]) throws -> SchemaProperty {
        let isArray = text.hasPrefix("[]")
        let rest = isArray ? text.dropFirst(2) : text[...]
        if rest.hasPrefix("=") {
            let name = String(rest.dropFirst())
            guard let values = enums[name] else { throw SchemaDocumentError.unknownType(name) }
            return SchemaProperty(value: .enumeration(values), isArray: isArray)
        }
        let parts = rest.split(separator: ":").map(String.init)
        let format = try parts.dropFirst().first.map { name in
            guard let format = SchemaFormat(rawValue: name) else { throw SchemaDocumentError.unknownFormat(name) }
            return format
        }
        let value: SchemaValue =
            switch parts[0] {
            case "string": .string(format)
            case "boolean": .boolean
            case "int32": .int32
            case "int64": .int64
            case "double": .double(format)
            default: .object(type: parts[0])
            }
        return SchemaProperty(value: value, isArray: isArray)
    }

    private struct File: Decodable {
        let revision: String
        let enums: [String: EnumEntry]
        let types: [String: TypeEntry]

        struct EnumEntry: Decodable {
            let current: [String]
            let old: [String]?
        }

        struct TypeEntry: Decodable {
            let properties: [String: String]
            let kind: String?
            let required: [[String]]?
            let exclusive: [[String]]?
            let together: [[String]]?
            let maximum: [String: Int]?
            let recommended: [String: Int]?
            let deprecated: [String]?
            let platform: [String]?
        }
    }
}

/// What can be wrong with `walletobjects.json`.
enum SchemaDocumentError: Error, Hashable {
    case unknownType(String)
    case unknownFormat(String)
}
