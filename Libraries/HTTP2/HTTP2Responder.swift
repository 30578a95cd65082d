/// The place where the answer to one request goes, now or later, from any thread; the first one counts.
public struct HTTP2Responder: Sendable {
    let loop: ServerLoop
    let connectionID: Int
    let streamID: Int32

    /// Answers.
    public func respond(_ response: HTTP2Response) {
        loop.perform(.respond(connectionID, streamID, response))
    }

    /// Answers after a while.
    public func respond(_ response: HTTP2Response, after delay: Duration) {
        loop.perform(.later(.now + delay, .respond(connectionID, streamID, response)))
    }

    /// Ends the stream without an answer.
    public func reset(_ code: HTTP2ErrorCode) {
        loop.perform(.reset(connectionID, streamID, code))
    }
}
