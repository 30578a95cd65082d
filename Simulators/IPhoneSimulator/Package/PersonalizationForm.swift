import JSON

/// The form that a package asks its owner to fill in.
public struct PersonalizationForm: Sendable, Hashable {
    private static let keys = [
        "PKPassPersonalizationFieldName": ["fullName", "givenName", "familyName"],
        "PKPassPersonalizationFieldPostalCode": ["postalCode", "ISOCountryCode"],
        "PKPassPersonalizationFieldEmailAddress": ["emailAddress"],
        "PKPassPersonalizationFieldPhoneNumber": ["phoneNumber"],
    ]

    /// The fields that it asks for, as Apple names them.
    public let requiredFields: [String]
    /// What it is for.
    public let description: String
    /// What its owner agrees to.
    public let termsAndConditions: String?

    /// Reads the form of an archive; nil when it holds none that a phone would show.
    init?(_ archive: ZIPArchive) {
        let files = archive.files
        guard let file = files.first(where: { $0.path == "personalization.json" }),
            // What can't be read asks for nothing.
            let content = try? JSON.parse(file.bytes), archive.passJSON["nfc"] != nil,
            let fields = content["requiredPersonalizationFields"]?.arrayValue?.compactMap(\.stringValue),
            let description = content["description"]?.stringValue,
            !fields.isEmpty, !description.isEmpty, fields.allSatisfy({ Self.keys[$0] != nil })
        else { return nil }
        requiredFields = fields
        self.description = description
        termsAndConditions = content["termsAndConditions"]?.stringValue
    }

    /// What a phone sends of what its owner entered.
    func info(_ entered: [String: String]) throws(PhoneRefusal) -> JSONObject {
        var info = JSONObject()
        for field in requiredFields {
            let sent = (Self.keys[field] ?? []).compactMap { key in entered[key].map { (key, $0) } }
            guard !sent.isEmpty else { throw .notPersonalized("\(field) must be entered") }
            for (key, text) in sent { info[key] = .string(text) }
        }
        return info
    }
}
