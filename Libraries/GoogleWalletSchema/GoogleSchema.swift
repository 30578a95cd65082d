import JSON

/// What Google Wallet takes: types, enums, formats, required fields, exclusions and limits of classes and objects.
///
/// `walletobjects.json` is made of Google's discovery document by `Scripts/google-schema`.
public enum GoogleSchema {
    /// The revision of Google's document.
    public static var revision: String { document.revision }

    /// The type of a kind's classes or objects.
    public static func type(_ kind: GoogleKind, _ level: GoogleLevel) -> SchemaType {
        // All fourteen are there: the document is made of what they reach.
        document.types[kind.typeName(level)] ?? SchemaType(name: kind.typeName(level))
    }

    /// A type by its name, `Message`; nil when there is none.
    public static func type(named name: String) -> SchemaType? {
        document.types[name]
    }

    /// The names of all types.
    public static var typeNames: [String] { document.types.keys.sorted() }

    /// What Google would refuse of a whole class or object.
    public static func validate(
        _ resource: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel, mode: ValidationMode
    ) -> [SchemaFault] {
        validate(.object(resource), as: type(kind, level), mode: mode)
    }

    /// What Google would refuse of a value of a type.
    public static func validate(_ value: JSONValue, as type: SchemaType, mode: ValidationMode) -> [SchemaFault] {
        var validator = SchemaValidator(mode: mode)
        validator.check(value, as: type, path: SchemaPath())
        return validator.faults
    }

    static let document: SchemaDocument = {
        do {
            return try SchemaDocument(JSON.parse(PackageResources.walletobjects_json))
        } catch {
            // The bytes are part of this program, not input, and a test reads them.
            preconditionFailure("walletobjects.json: \(error)")
        }
    }()
}
