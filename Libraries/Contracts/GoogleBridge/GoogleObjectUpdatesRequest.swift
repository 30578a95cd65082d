/// Passes that changed, 500 at most; idempotent by each pass's `version`.
public struct GoogleObjectUpdatesRequest: Codable, Hashable, Sendable {
    /// What this delivery is known by.
    public var updateId: UpdateID
    /// The passes.
    public var objects: [GoogleObjectUpdate]

    /// Makes a request.
    public init(updateId: UpdateID, objects: [GoogleObjectUpdate]) {
        self.updateId = updateId
        self.objects = objects
    }

    /// How many passes a request may hold.
    public static let maximumCount = 500
}
