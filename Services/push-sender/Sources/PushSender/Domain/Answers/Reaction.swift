import HTTPTypes

/// What is done about an answer: a row of the table in docs/protocols/apple-push-service.md.
enum Reaction: Sendable, Hashable {
    /// The push is done.
    case accepted
    /// The token has been dead since an instant: device-registry is told.
    case removeToken(since: Instant)
    /// The token may be dead, or our environment wrong: device-registry is told when a minute has shown nothing else.
    case suspectToken(since: Instant)
    /// This token rests, and is tried again.
    case restToken(Duration)
    /// The service, or the way to it, has a fault: the push is tried again, and the topic rests when most fare so.
    case restService(Duration, reconnect: Bool)
    /// The provider token is too old: a new one is made, once, and the push repeated with it.
    case renewProviderToken
    /// No push of the topic would fare better before someone mends the configuration: the topic stops, its pushes stay.
    case stopTopic
    /// The push is given up, and that is told.
    case giveUp
}
