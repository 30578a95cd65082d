/// Apple's names of what a customer enters; the contact of the pass has it under them.
public enum PersonalizationKey: String, Choice {
    /// The whole name.
    case fullName
    /// The first name.
    case givenName
    /// The last name.
    case familyName
    /// The e-mail address.
    case emailAddress
    /// The postal code.
    case postalCode
    /// The country of the postal code, by ISO 3166.
    case countryCode = "ISOCountryCode"
    /// The phone number.
    case phoneNumber
}

extension PersonalizationField {
    /// What Wallet sends for the field.
    public var keys: [PersonalizationKey] {
        switch self {
        case .name: [.fullName, .givenName, .familyName]
        case .postalCode: [.postalCode, .countryCode]
        case .emailAddress: [.emailAddress]
        case .phoneNumber: [.phoneNumber]
        }
    }
}
