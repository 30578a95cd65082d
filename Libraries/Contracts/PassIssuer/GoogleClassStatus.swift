/// A campaign's class at Google.
public struct GoogleClassStatus: Codable, Hashable, Sendable {
    /// The class id; the base id when there are variants.
    public var classId: String?
    /// How far it is, the worst of all variants.
    public var state: GoogleClassState
    /// How many variants there are, when the kind has them.
    public var variants: Int?
    /// Why it failed.
    public var error: String?

    /// Makes a status.
    public init(classId: String? = nil, state: GoogleClassState, variants: Int? = nil, error: String? = nil) {
        self.classId = classId
        self.state = state
        self.variants = variants
        self.error = error
    }
}
