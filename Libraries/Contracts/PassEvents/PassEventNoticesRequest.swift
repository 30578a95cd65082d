/// What happened to passes, in its order; told again under the same ids it changes nothing.
public struct PassEventNoticesRequest: Codable, Hashable, Sendable {
    /// How many events one call may tell.
    public static let maximumCount = 1_000

    /// The events, of one pass in the order in which they happened.
    public var events: [PassEventNotice]

    /// Makes a request.
    public init(events: [PassEventNotice]) {
        self.events = events
    }
}
