/// What a server said when it ended a connection (RFC 9113 §6.8).
public struct HTTP2GoAway: Sendable, Hashable {
    /// Streams above it were not processed.
    public var lastStreamID: Int
    /// Why.
    public var code: HTTP2ErrorCode
    /// More about it, in the server's words; APNs sends JSON with a `reason`.
    public var debugData: [UInt8]

    /// Describes the end of a connection.
    public init(lastStreamID: Int, code: HTTP2ErrorCode, debugData: [UInt8] = []) {
        self.lastStreamID = lastStreamID
        self.code = code
        self.debugData = debugData
    }
}
