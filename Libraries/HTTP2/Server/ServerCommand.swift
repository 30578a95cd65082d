/// What is to be done on a server's thread; connections and streams are named by their numbers.
indirect enum ServerCommand: Sendable {
    case respond(Int, Int32, HTTP2Response)
    case reset(Int, Int32, HTTP2ErrorCode)
    /// Without a connection: on all of them, and on further ones.
    case setMaximumStreams(Int?, Int)
    case goAway(Int, Int?, HTTP2ErrorCode, [UInt8])
    case drop(Int)
    case later(ContinuousClock.Instant, ServerCommand)
    case stop(ContinuousClock.Instant)
}
