import JSON

/// How a campaign treats tokens without a value.
public struct TokenPolicy: Codable, Hashable, Sendable {
    /// What to do when there is no default either; reject when nil.
    public var onMissing: MissingTokenPolicy?
    /// Values by token, `contact.firstName`.
    public var defaults: JSONObject?

    /// Makes a policy.
    public init(onMissing: MissingTokenPolicy? = nil, defaults: JSONObject? = nil) {
        self.onMissing = onMissing
        self.defaults = defaults
    }
}
