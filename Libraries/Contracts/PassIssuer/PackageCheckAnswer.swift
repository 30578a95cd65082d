/// What the check of a package found.
public struct PackageCheckAnswer: Codable, Hashable, Sendable {
    /// `failed` when phones refuse the package or lose something important of it.
    public var state: CheckState
    /// The passes inside: one, or those of a bundle.
    public var passes: [CheckedPass]
    /// The findings, the gravest first.
    public var findings: [PackageFinding]

    /// Makes an answer.
    public init(state: CheckState, passes: [CheckedPass], findings: [PackageFinding]) {
        self.state = state
        self.passes = passes
        self.findings = findings
    }
}
