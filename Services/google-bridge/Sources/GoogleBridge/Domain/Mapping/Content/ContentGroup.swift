/// The groups of fields in a style, as pass.json names them, in the order of the front and then the back.
enum ContentGroup: String, CaseIterable, Sendable {
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

    /// Whether the fields stand on the front of the pass.
    var isOnFront: Bool {
        switch self {
        case .headerFields, .primaryFields, .secondaryFields, .auxiliaryFields: true
        case .backFields, .additionalInfoFields, .footerFields: false
        }
    }

    /// Whether phones make links of what they find there.
    var isTouchable: Bool { self == .backFields || self == .additionalInfoFields }
}
