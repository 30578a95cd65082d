/// What Apple's rewards enrolment can ask a customer for.
public enum PersonalizationField: String, Choice {
    /// The name.
    case name
    /// The postal code.
    case postalCode
    /// The e-mail address.
    case emailAddress
    /// The phone number.
    case phoneNumber
}
