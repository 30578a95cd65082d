/// The groups of fields in a style, as pass.json names them.
enum FieldGroup: String, CaseIterable, Sendable {
    /// At the top, beside the logo.
    case headerFields
    /// The most prominent ones.
    case primaryFields
    /// Below the primary ones.
    case secondaryFields
    /// Below or beside the secondary ones.
    case auxiliaryFields
    /// On the back.
    case backFields
    /// Below a poster event ticket (iOS 18).
    case additionalInfoFields
    /// At the foot of a generic poster pass (iOS 27).
    case footerFields

    /// Whether links and detected data can be touched there.
    var isTouchable: Bool { self == .backFields || self == .additionalInfoFields }

    /// Whether the text of its fields can be aligned.
    var isAlignable: Bool { self != .primaryFields && self != .backFields }
}
