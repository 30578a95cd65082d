/// What happened in a server's session.
enum ServerEvent {
    /// A request has come to its end.
    case request(Int32, RequestBuilder)
    /// The client ended a stream.
    case reset(Int32, HTTP2ErrorCode)
}
