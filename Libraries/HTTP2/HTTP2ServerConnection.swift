/// One connection of a server, to be controlled from any thread; what is said to one that has ended does nothing.
public struct HTTP2ServerConnection: Sendable {
    /// Counts the server's connections from 1 on.
    public let id: Int
    /// The certificate that the client showed.
    public let peerCertificate: HTTP2PeerCertificate?

    let loop: ServerLoop

    /// Tells the client how many requests it may have at once from now on.
    public func setMaximumConcurrentStreams(_ count: Int) {
        loop.perform(.setMaximumStreams(id, count))
    }

    /// Says that no further request is taken: streams above the last one were not processed, and end now; the others
    /// finish. Without a number the last one is the last that the handler has seen.
    public func goAway(lastStreamID: Int? = nil, code: HTTP2ErrorCode = .noError, debugData: [UInt8] = []) {
        loop.perform(.goAway(id, lastStreamID, code, debugData))
    }

    /// Ends the connection without a word.
    public func drop() {
        loop.perform(.drop(id))
    }
}
