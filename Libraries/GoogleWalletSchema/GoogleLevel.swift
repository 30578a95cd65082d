/// The two halves of a pass at Google: what many passes share, and what is one pass's own.
public enum GoogleLevel: String, CaseIterable, Sendable {
    /// What the passes of a campaign share.
    case `class`
    /// What is one pass's own.
    case object

    /// How the names of its resources end.
    var suffix: String {
        switch self {
        case .class: "Class"
        case .object: "Object"
        }
    }
}
