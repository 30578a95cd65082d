/// The life of a pass as all services saw it.
public struct TimelineAnswer: Codable, Hashable, Sendable {
    /// The steps, oldest first.
    public var events: [TimelineEvent]
    /// The first step that the newest change still lacks, for the device that is furthest behind; null when none does.
    @Nullable public var waitingFor: PassEventKind?
    /// The services that could not be asked; absent when all were.
    public var missing: [String]?

    /// Makes an answer.
    public init(events: [TimelineEvent], waitingFor: PassEventKind? = nil, missing: [String]? = nil) {
        self.events = events
        self.waitingFor = waitingFor
        self.missing = missing
    }
}
