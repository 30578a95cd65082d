import HTTPTypes

/// One thing that must be written to Google, or was.
public struct GoogleOperation: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// What it does.
    public var kind: GoogleOperationKind
    /// What it concerns: `class:<campaignId>` or `object:<serialNumber>`.
    public var target: String
    /// How far it is.
    public var state: GoogleOperationState
    /// How often it was tried.
    public var attempts: Int
    /// The status of Google's last answer that was no success.
    @Nullable public var lastStatus: Int?
    /// Google's own words for it.
    @Nullable public var lastError: String?
    /// What to do about it.
    @Nullable public var remedy: String?
    /// When it is tried next; null unless it is pending, and while an object waits for its class.
    @Nullable public var nextAttemptAt: Instant?

    /// Makes an item.
    public init(
        id: String, kind: GoogleOperationKind, target: String, state: GoogleOperationState, attempts: Int,
        lastStatus: Int? = nil, lastError: String? = nil, remedy: String? = nil, nextAttemptAt: Instant? = nil
    ) {
        self.id = id
        self.kind = kind
        self.target = target
        self.state = state
        self.attempts = attempts
        self.lastStatus = lastStatus
        self.lastError = lastError
        self.remedy = remedy
        self.nextAttemptAt = nextAttemptAt
    }
}
