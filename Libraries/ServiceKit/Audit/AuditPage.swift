/// A part of the audit log, the newest entries first.
public struct AuditPage: Codable, Hashable, Sendable {
    /// The entries of this part.
    public var items: [AuditEntry]
    /// What `?cursor=` must be to get the next part; absent at the end.
    public var nextCursor: String?

    /// Makes a part.
    public init(items: [AuditEntry], nextCursor: String? = nil) {
        self.items = items
        self.nextCursor = nextCursor
    }
}
