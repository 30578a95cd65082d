/// One live check of a wallet configuration.
public struct ConfigurationCheck: Codable, Hashable, Sendable {
    /// What was checked.
    public var name: String
    /// How it ended.
    public var state: CheckState
    /// What was found.
    public var detail: String
    /// What to do about it; null when nothing is to be done.
    @Nullable public var remedy: String?

    /// Makes a check.
    public init(name: String, state: CheckState, detail: String, remedy: String? = nil) {
        self.name = name
        self.state = state
        self.detail = detail
        self.remedy = remedy
    }
}
