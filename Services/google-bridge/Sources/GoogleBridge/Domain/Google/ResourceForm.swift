import Contracts

/// The two forms that every kind of pass has at Google.
enum ResourceForm: String, Sendable, Hashable, CaseIterable {
    /// What the passes of a campaign share.
    case classResource = "Class"
    /// One pass.
    case object = "Object"

    /// `loyaltyClass`, as in paths.
    func name(of kind: GooglePassKind) -> String { kind.rawValue + rawValue }
}
