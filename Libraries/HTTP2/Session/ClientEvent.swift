/// What happened in a client's session.
enum ClientEvent {
    /// An answer has come to its end.
    case answered(Exchange, HTTP2Response)
    /// A stream ended without an answer.
    case ended(Exchange, StreamEnd)
    /// The server announced settings; how many streams it allows may have changed.
    case settings
    /// The server will take no further stream.
    case goAway(HTTP2GoAway)
}
