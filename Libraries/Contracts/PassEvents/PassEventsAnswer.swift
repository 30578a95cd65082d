/// The steps of a pass that a service knows of, oldest first; the newest 1,000 at most.
public struct PassEventsAnswer: Codable, Hashable, Sendable {
    /// The steps.
    public var events: [PassEvent]

    /// Makes an answer.
    public init(events: [PassEvent]) {
        self.events = events
    }
}
