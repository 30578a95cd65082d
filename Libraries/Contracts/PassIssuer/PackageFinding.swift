/// Something that the check of a package found.
public struct PackageFinding: Codable, Hashable, Sendable {
    /// How much it matters.
    public var severity: FindingSeverity
    /// The file in the package, `pass.json`; null when it is about the package as a whole.
    @Nullable public var file: String?
    /// The place in the file as a JSON Pointer; null when it is about the file as a whole.
    @Nullable public var pointer: String?
    /// What was found.
    public var detail: String
    /// What iOS does about it.
    public var effect: String
    /// How to mend it; null when there is nothing to mend.
    @Nullable public var remedy: String?

    /// Makes a finding.
    public init(
        severity: FindingSeverity, file: String? = nil, pointer: String? = nil, detail: String, effect: String,
        remedy: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.pointer = pointer
        self.detail = detail
        self.effect = effect
        self.remedy = remedy
    }
}
