import Contracts
import JSON

/// personalization.json, as Apple names its keys.
enum PersonalizationFile {
    static let path = "personalization.json"
    private static let prefix = "PKPassPersonalizationField"
    private static let fields: [(name: String, field: PersonalizationField)] = [
        ("Name", .name), ("PostalCode", .postalCode), ("EmailAddress", .emailAddress), ("PhoneNumber", .phoneNumber),
    ]

    /// Takes a file apart; the faults point into it. Without a description or fields there is no enrolment.
    static func read(_ content: JSONObject) -> (personalization: Personalization?, faults: [PassFault]) {
        var inspection = Inspection(of: .package, at: .root)
        inspection.check(content, table)
        let names = (content["requiredPersonalizationFields"]?.arrayValue ?? []).compactMap(\.stringValue)
        let required = names.compactMap { name in fields.first { prefix + $0.name == name }?.field }
        guard let description = content["description"]?.stringValue, !required.isEmpty else {
            if names.isEmpty, inspection.faults.isEmpty {
                inspection.record(
                    .error, at: "requiredPersonalizationFields", "The enrolment asks for nothing.",
                    "Name one of " + fields.map { prefix + $0.name }.joined(separator: ", ") + ".")
            }
            return (nil, inspection.faults)
        }
        return (
            Personalization(
                requiredFields: required, description: description,
                termsAndConditions: content["termsAndConditions"]?.stringValue), inspection.faults
        )
    }

    /// The file, its fields in Apple's order.
    static func bytes(_ personalization: Personalization) -> [UInt8] {
        let names = fields.filter { personalization.requiredFields.contains($0.field) }.map { prefix + $0.name }
        var content: JSONObject = [
            "requiredPersonalizationFields": .array(names.map(JSONValue.string)),
            "description": .string(personalization.description),
        ]
        content["termsAndConditions"] = personalization.termsAndConditions.map(JSONValue.string)
        return JSONValue.object(content).serialized()
    }

    private static let table = KeyTable(
        "the enrolment",
        [
            "requiredPersonalizationFields": .required(.list(.choice(fields.map { prefix + $0.name }), atMost: nil)),
            "description": .required(.text(.notEmpty)),
            "termsAndConditions": .optional(.text),
        ])
}
