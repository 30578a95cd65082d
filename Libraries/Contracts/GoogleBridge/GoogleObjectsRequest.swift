/// Several passes that a person saves by one link, 10 at most; idempotent by each pass's `version`.
public struct GoogleObjectsRequest: Codable, Hashable, Sendable {
    /// The passes, all of one wallet configuration.
    public var objects: [GoogleObjectUpdate]

    /// Makes a request.
    public init(objects: [GoogleObjectUpdate]) {
        self.objects = objects
    }

    /// How many passes a request may hold.
    public static let maximumCount = 10
}
