import JSON

/// A call for links. Each request is read on its own, for a fault in one must not fail the others.
public struct LinksRequest: Codable, Hashable, Sendable {
    /// The requests, each a `LinkRequest`.
    public var requests: [JSONValue]

    /// Makes a call.
    public init(requests: [JSONValue]) {
        self.requests = requests
    }
}
